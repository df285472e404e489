"""Pages of drawings: uploading and mapping, floors, matching, versions, buildings, the audit."""
