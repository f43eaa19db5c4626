internal import StretchCore
