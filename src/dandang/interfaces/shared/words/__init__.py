"""The words people read, in English here and in Chinese in the catalogue, by code."""
