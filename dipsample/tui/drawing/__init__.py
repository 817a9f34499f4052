"""What every screen says, as lines of text: no toolkit in here, so that plain mode can read it."""
