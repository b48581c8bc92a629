//! Every step of `normalize` by what it does to a few lines of YAML.
