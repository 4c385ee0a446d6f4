"""Inputs and selects are drawn as Django draws them, empty lines aside, only faster."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

from desk.inputs import RENDERER

CHOICES = [
    ("", "请选择"),
    ("a&b", "甲 <乙> & '丙' \"丁\""),
    (7, mark_safe("<b>粗</b>")),
    ("组 & 类", [("x", "子"), ("y", "丑")]),
]


@pytest.mark.parametrize("value", ["", "a&b", 7, "y", None, "nothing of these"])
@pytest.mark.parametrize("widget", [forms.Select, forms.SelectMultiple, forms.NullBooleanSelect])
def test_a_select_is_the_same_to_the_letter(widget, value):
    attrs = {"class": "inp sel", "required": True, "disabled": False, "data-x": 'a"b', "size": 3}
    made = widget(attrs=attrs) if widget is forms.NullBooleanSelect else widget(attrs=attrs, choices=CHOICES)
    ways = (RENDERER, DjangoTemplates())
    ours, theirs = (made.render("field", value, {"id": "id_field"}, renderer=way) for way in ways)
    assert ours == re.sub(r"\n+", "\n", theirs)
    assert hasattr(ours, "__html__")


@pytest.mark.parametrize("value", ["", "a<b> & \"c\" 'd'", 7, True, None])
@pytest.mark.parametrize("widget", [forms.TextInput, forms.HiddenInput, forms.CheckboxInput])
def test_an_input_is_the_same_to_the_letter(widget, value):
    made = widget(attrs={"class": "inp", "required": True, "disabled": False, "data-x": 'a"b', "size": 3})
    ways = (RENDERER, DjangoTemplates())
    ours, theirs = (made.render("field", value, {"id": "id_field"}, renderer=way) for way in ways)
    assert ours == theirs.rstrip("\n")
    assert hasattr(ours, "__html__")
