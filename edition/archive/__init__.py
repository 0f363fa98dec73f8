"""What is kept beside the outputs so that anyone can check them."""
