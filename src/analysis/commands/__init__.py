"""What people type: add files to a corpus, clean a folder."""
