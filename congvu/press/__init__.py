"""One model of an administrative document, rendered to DOCX, PDF/A and workbooks. Pure: no Django, no database."""
