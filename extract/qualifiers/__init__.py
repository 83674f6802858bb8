"""What qualifies a figure: approximation, modality, segment, attribution."""
