"""From labelled paragraphs to a stored model: training, grouped evaluation, model card."""
