"""Who gets what. Pure, once a second, in milliamps; knows no pilot and no meter by name."""
