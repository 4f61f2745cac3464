"""The documents of HomeWizard's meters, whole and in pieces, and documents that nobody should believe."""
import pytest
from proto.homewizard import Data, milli

P1 = b"""{"wifi_ssid":"My \\"Wi-Fi\\" {1}","wifi_strength":100,"smr_version":50,"meter_model":"ISKRA  2M550T-101",
"unique_id":"00112233445566778899AABBCCDDEEFF","active_tariff":2,"total_power_import_kwh":13779.338,"total_power_import_t1_kwh":10830.511,
"total_power_export_kwh":1234567.5,"active_power_w":-543,"active_power_l1_w":-676,"active_power_l2_w":133.6,"active_power_l3_w":0,
"active_voltage_l1_v":230.1,"active_current_l1_a":-4,"active_current_l2_a":0.591,"active_current_l3_a":0.0,"voltage_sag_l1_count":1,
"montly_power_peak_timestamp":230101080010,"external":[{"unique_id":"G001","type":"gas_meter","value":111.111,"active_current_l1_a":99,"unit":"m3"}]}"""
KWH1 = b'{"wifi_ssid":"x","wifi_strength":92,"total_power_import_kwh":30.511,"total_power_export_kwh":85.951,"active_power_w":-1543.219,"active_power_l1_w":-1543.219,"active_current_a":6.709}'
KWH3 = b'{"active_power_w":7100.278,"active_power_l1_w":0,"active_power_l2_w":3547.015,"active_power_l3_w":-3553.263,"active_current_l1_a":0,"active_current_l2_a":15.421,"active_current_l3_a":15.449,"active_current_a":30.9}'


def read(document, piece=1000):
    data = Data()
    for _ in range(2):
        data.start()
        for i in range(0, len(document), piece):
            part = b"??" + document[i:i + piece] + b"?"
            data.take(part, 2, len(part) - 1)
        numbers = data.numbers()
    return numbers


@pytest.mark.parametrize("piece", (1, 2, 5, 17, 256, 4000))
def test_three_phases_with_the_sign_of_their_power(piece):
    assert read(P1, piece) == ([-4000, 591, 0], [-676, 134, 0], 13779338, 1234567500)
    assert read(KWH3, piece) == ([0, 15421, -15449], [0, 3547, -3553], None, None)


def test_a_single_phase():
    assert read(KWH1) == ([-6709, 0, 0], [-1543, 0, 0], 30511, 85951)
    assert read(b'{"active_current_l1_a":5.5,"active_power_w":1200}') == ([5500, 0, 0], [1200, 0, 0], None, None)
    assert read(b'{"active_current_l1_a":-5.5,"active_current_l2_a":null}') == ([-5500, 0, 0], [0, 0, 0], None, None)
    assert read(b'{ "active_current_a" : 5 , "active_power_w" : 0.4 } \r\n') == ([5000, 0, 0], [0, 0, 0], None, None)


def test_a_counter_keeps_its_last_digit():
    assert read(b'{"active_current_a":0,"total_power_import_kwh":123456789.123}')[2] == 123456789123
    for word, number in ((b"-0.0019", -1), (b"7", 7000), (b"7.", 7000), (b"0.5", 500), (b"-12.34", -12340)):
        assert milli(word, len(word)) == number


@pytest.mark.parametrize("document, word", (
    (b"", "json"), (b"{}", "current"), (b"[]", "json"), (b"null", "json"), (b"<html><body>", "json"), (P1[:-1], "json"), (P1[:200], "json"),
    (P1 + b"{", "json"), (P1 + b"}", "json"), (P1 + b"x", "json"), (b'{"active_current_a":"6"}', "json"), (b'{"active_current_a":true}', "json"),
    (b'{"active_current_a":1e3}', "json"), (b'{"active_current_a":}', "json"), (b'{"active_current_a":[6]}', "json"), (b'{"active_current_a":{"x":6}}', "json"),
    (b'{"active_current_a":6-}', "json"), (b'{"active_current_a":--6}', "json"), (b'{"active_current_a":0x10}', "json"), (b'{"active_current_a":NaN}', "json"),
    (b'{"active_current_a":9999999999}', "json"), (b'{"x":{"active_current_a":6}}', "current"), (b'{"active_current_a":null}', "current"),
    (b'{"x":' + b"[" * 9 + b"]" * 9 + b"}", "json"), (b'{"' + b"k" * 500 + b'":1}', "current"), (b'{"x":"active_current_a"}', "current"),
    (b'{"active_current_a":' + b"1" * 500 + b"}", "json"), (b'{"error":{"id":202,"description":"API not enabled"}}', "current"),
    (b'{"active_current_a":6', "json"), (b'{"active_current_a":6,"ssid":"x}', "json"), (b'"active_current_a":6}', "json")))
def test_a_document_that_tells_nothing_is_refused_in_a_word(document, word):
    for piece in (1, 1000):
        with pytest.raises(ValueError) as e:
            read(document, piece)
        assert str(e.value) == word
