"""The decision of the burgemeester: the wizard that makes it, signing, sending, validating."""
