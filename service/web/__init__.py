"""The pages: alerts and one alert with its proof, rendered on the server, readable without JavaScript and by keyboard.

In: stored alerts and extractions. Out: HTML, escaped first and marked after.
"""
