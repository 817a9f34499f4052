"""A simulated audit: five coders of known error, one who leaves and one who drifts."""
