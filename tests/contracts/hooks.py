"""What the fuzzer has to know of our contract that a JSON schema can't say."""
import schemathesis

DECIMALS = 4
# What every list takes, whatever its rows are found by.
NO_FILTERS = {"page", "size", "after", "before", "sort", "id"}


def digits(value):
    """Numbers as the contract has them written: a whole number without a point, a decimal with at most four behind it.

    A schema sees no difference between 3 and 3.0, and `multipleOf` is wrong in floats. What rounds to nothing stays.
    """
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, float):
        return round(value, DECIMALS) or value
    if isinstance(value, dict):
        return {name: digits(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [digits(inner) for inner in value]
    return value


def is_sound(case):
    return case.meta is not None and case.meta.generation.mode.is_positive


@schemathesis.hook
def filter_case(context, case):
    """Blanks around a header's value are no part of it: the wire drops them (RFC 9110, 5.5), and with them what was wrong."""
    return all(not isinstance(value, str) or value == value.strip() for value in (case.headers or {}).values())


@schemathesis.hook
def before_call(context, case, **kwargs):
    """Numbers as the wire has them, also in a header, where a link may put one.

    A quantity under both of its names has to be the same, a page begins behind a row or ends before one, and messages are
    those of a customer or of a request: no schema can say that.
    """
    if isinstance(case.body, (dict, list, float)):
        case.body = digits(case.body)
    if is_sound(case) and isinstance(case.body, dict) and {"quantity", "qty"} <= case.body.keys():
        case.body["qty"] = case.body["quantity"]
    if is_sound(case) and {"after", "before"} <= (case.query or {}).keys():
        del case.query["before"]
    if is_sound(case) and case.operation.path == "/messages" and not set(case.query or {}) - NO_FILTERS:
        case.query = {**(case.query or {}), "customer": "kim"}
    for name, value in (case.headers or {}).items():
        if isinstance(value, int):
            case.headers[name] = str(value)
