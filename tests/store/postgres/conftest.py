"""Databases on the server: one for a file of tests, emptied after each, and one with nothing in it."""

import pytest

import postgres_server


@pytest.fixture(scope="module")
def made():
    place = postgres_server.new(postgres_server.template())
    yield place
    postgres_server.drop(place)


@pytest.fixture
def place(made):
    yield made
    postgres_server.empty(made)


@pytest.fixture
def bare():
    place = postgres_server.new()
    yield place
    postgres_server.drop(place)
