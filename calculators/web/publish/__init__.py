"""What makes of the built pages a site to host, after the generator, and what serves it or carries it away."""
