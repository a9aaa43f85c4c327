"""The tests. A package, so that one of the same name installed by some dependency does not hide them."""
