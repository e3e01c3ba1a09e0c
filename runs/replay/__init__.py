"""Past days decided again, under the rules there are and under changed ones."""
