"""The province's pages: aggregates of its communes, its targets, its own people."""
