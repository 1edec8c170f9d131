"""The reporting regime: who owes which report by when, the forms, the answers, the way up the tiers."""
