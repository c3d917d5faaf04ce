"""Methods: frame or readings in, a frozen result or a frame out; one method a file."""
