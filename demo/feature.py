"""The demo communities, loaded and introduced from the command line."""

from demo.commands import demo_commands
from foundation.feature import Feature

feature = Feature(name="demo", commands=(demo_commands,))
