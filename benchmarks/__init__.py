"""Scripts that print numbers; nothing imports them."""
