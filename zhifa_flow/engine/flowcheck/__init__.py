"""The flow checker: every problem of a flow file at once, in Chinese, with close names suggested."""
