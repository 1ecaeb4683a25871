"""How time, memory and recall grow with a collection, and whether Milvus ranks as we do."""
