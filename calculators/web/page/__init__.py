"""What reaches the reader's browser: the answers and the forms as HTML, and the door that the page's worker calls."""
