"""The commands: options in, one library call, rendering out."""
