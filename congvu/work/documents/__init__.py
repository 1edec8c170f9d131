"""The register of documents, their relations and recipients."""
