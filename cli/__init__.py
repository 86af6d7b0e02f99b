"""The command ``zhengmai``."""
