"""What reviewers decide about cases: codebooks, codings, indicators and findings."""
