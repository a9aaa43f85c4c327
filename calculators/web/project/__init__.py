"""This folder, for those who build in it: the paths that stay in a folder, and the lock between two builds."""
