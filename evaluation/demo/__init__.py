"""The small company of `rightrep demo`, whose truth is known too."""
