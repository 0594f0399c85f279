"""From tokens to labels: features, topics, label model, scorer, store and explanation."""
