"""`python -m classifier`: the command `classify`, where its script is not on the path."""

from classifier.cli.main import main

if __name__ == "__main__":
    main()
