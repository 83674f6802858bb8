"""How sites are asked: who asks, what is never asked, when it is whose turn, and what is taken for an answer.

Everything that goes over the wire passes `downloads`; docs/manners.md tells owners of sites what they can expect.
"""
