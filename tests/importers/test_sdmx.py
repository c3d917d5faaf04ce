import pytest

from importers.databases import data
from importers.families import becomes_its_export, parsed, problems, shares
from tracker.errors import RejectedInput, UsageProblem

TSV = "estat_nrg_ind_ren.tsv"
HEAD = "freq,nrg_bal,unit,geo\\TIME_PERIOD\t2023 \t2024 \n"
BULK = "DATAFLOW,LAST UPDATE,freq,nrg_bal,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\n"
ROW = "ESTAT:NRG_IND_REN(1.0),01/02/25 23:00:00,A,REN,PC,{},{},{},{}\n"


def test_the_sample_becomes_its_committed_export(tmp_path):
    assert becomes_its_export(tmp_path, f"sdmx/{TSV}")


def test_keys_flags_and_missing_values_of_the_tsv():
    told = parsed(f"{HEAD}A,REN,PC,DE\t21.554 e\t: \nA,REN,PC,NA\t: c\t12.3 bp\n", TSV)
    assert shares(told) == [
        (2, "eurostat/nrg-ind-ren-ren", "DE", "2023", "21.554"),
        (3, "eurostat/nrg-ind-ren-ren", "NA", "2024", "12.3"),
    ]
    assert [entry.told.status for entry in told.entries] == ["E", "B"]
    assert any(note.startswith("2 empty cells") for note in told.notes)


@pytest.mark.parametrize(
    ("column", "period"),
    [("2024-Q1", "2024-Q1"), ("2024Q1", "2024-Q1"), ("2024-S2", "2024-H2"), ("2024M03", "2024-03"), ("2024", "2024")],
)
def test_periods_of_the_tsv(column, period):
    told = parsed(f"freq,unit,geo\\TIME_PERIOD\t{column} \nQ,PC,DE\t5.0 \n", TSV)
    assert [str(entry.told.period) for entry in told.entries] == [period]


def test_the_csv_of_eurostat():
    told = parsed(BULK + ROW.format("DE", 2023, "21.554", "e") + ROW.format("FR", 2023, "", "c"))
    assert shares(told) == [(2, "eurostat/nrg-ind-ren-ren", "DE", "2023", "21.554")]
    assert told.entries[0].told.status == "E"
    (market,) = told.markets
    assert (market.whole, market.frequency, market.note) == ("overlapping", "yearly", "each area is a whole of its own")
    assert [source.slug for source in told.sources] == ["eurostat"]


def test_sdmx_csv_2_with_labels():
    told = parsed(
        "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,REF_AREA,Reference area,FREQ,AGE,UNIT_MEASURE,TIME_PERIOD,"
        "OBS_VALUE,OBS_STATUS\nDATAFLOW,OECD.SDD:DSD_ICT(2.0),ICT use,I,DEU,Germany,A,Y16T74,PT,2023-Q1,81.5,P\n"
        "DATAFLOW,OECD.SDD:DSD_ICT(2.0),ICT use,I,DEU,Germany,A,Y16T24,PT,2023-Q1,91.5,A\n"
    )
    assert shares(told) == [
        (2, "oecd/dsd-ict-y16t74", "DEU", "2023-Q1", "81.5"),
        (3, "oecd/dsd-ict-y16t24", "DEU", "2023-Q1", "91.5"),
    ]
    assert [entry.told.status for entry in told.entries] == ["P", "A"]


def test_codes_with_their_labels_in_one_cell():
    told = parsed(
        "DATAFLOW,geo: Area,unit: Unit,TIME_PERIOD: Time,OBS_VALUE: Value\n"
        "ESTAT:X(1.0),DE: Germany,PC: Percent,2024,5.5\n"
    )
    assert shares(told) == [(2, "eurostat/x", "DE", "2024", "5.5")]


def test_percent_of_several_wholes_are_several_markets():
    told = parsed("DATAFLOW,unit,geo,TIME_PERIOD,OBS_VALUE\nE:X(1.0),PC_ENT,DE,2024,5.5\nE:X(1.0),PC_EMP,DE,2024,7.5\n")
    assert {market.slug for market in told.markets} == {"e/x-pc-ent", "e/x-pc-emp"}


def test_mixed_units_are_refused_with_the_option():
    text = f"{HEAD}A,REN,PC,DE\t20.5 \t21.5 \nA,REN,KTOE,DE\t2000.5 \t2100.5 \n"
    with pytest.raises(RejectedInput, match="KTOE is no share in percent") as refused:
        parsed(text, TSV)
    assert "--only unit=PC" in refused.value.hint
    told = parsed(text, TSV, only={"unit": ("PC",)})
    assert [entry.line for entry in told.entries] == [2, 2]
    assert any("1 rows were left out" in note for note in told.notes)


def test_a_value_that_stands_nowhere():
    with pytest.raises(RejectedInput, match="stands in no row"):
        parsed(f"{HEAD}A,REN,PC,DE\t20.5 \t21.5 \n", TSV, only={"unit": ("PT",)})


def test_only_absolute_numbers():
    with pytest.raises(RejectedInput, match="KTOE is no share"):
        parsed(f"{HEAD}A,REN,KTOE,DE\t2000.5 \t2100.5 \n", TSV)


def test_values_in_thousands():
    with pytest.raises(RejectedInput, match="to the power of 3"):
        parsed("geo,unit,TIME_PERIOD,OBS_VALUE,UNIT_MULT\nDE,PC,2024,5.5,3\n")


def test_without_an_area_the_refusal_names_the_dimensions():
    text = "DATAFLOW,FREQ,BRAND,UNIT,TIME_PERIOD,OBS_VALUE\nX:Y(1.0),A,Acme,PC,2024,60\nX:Y(1.0),A,Other,PC,2024,40\n"
    with pytest.raises(UsageProblem, match="FREQ, BRAND, UNIT") as refused:
        parsed(text)
    assert "--map entity=COLUMN" in refused.value.hint
    assert {entry.told.entity for entry in parsed(text, columns={"entity": ("BRAND",)}).entries} == {"Acme", "Other"}


def test_a_key_with_a_part_missing():
    with pytest.raises(RejectedInput) as refused:
        parsed(f"{HEAD}A,REN,DE\t20.5 \t21.5 \n", TSV)
    assert problems(refused.value)[0][0] == 2


def test_an_unknown_flag_is_shown_with_its_place():
    told = parsed(BULK + ROW.format("DE", 2023, "21.554", "y"))
    assert [one.line for one in told.problems] == [2]
    assert "no status" in told.problems[0].message


def test_the_share_of_renewables():
    told = parsed(data("eurostat_nrg_ind_ren.tsv"))
    # 24 values are ratios above 100 % (more was generated than used): no shares of a whole, and refused as such.
    assert (len(told.entries), len(told.problems)) == (3184 - 24, 24)
    assert "a ratio, and no share of a whole" in told.hint
    assert any(note.startswith("575 empty cells") for note in told.notes)
    found = {(market, entity, period): share for _, market, entity, period, share in shares(told)}
    assert found["eurostat/nrg-ind-ren-ren", "DE", "2004"] == "6.207"
    assert found["eurostat/nrg-ind-ren-ren", "DE", "2024"] == "22.474"
    assert found["eurostat/nrg-ind-ren-ren", "EU27_2020", "2024"] == "25.241"
    assert len(told.markets) == 6
