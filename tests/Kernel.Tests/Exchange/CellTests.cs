using Tessera.Kernel.Exchange;

namespace Tessera.Kernel.Tests.Exchange;

/// <summary>How cells are read, value by value.</summary>
public sealed class CellTests
{
    private static readonly TimeZoneInfo Zurich = TimeZoneInfo.FindSystemTimeZoneById("Europe/Zurich");

    [Theory]
    [InlineData("2026-02-01", null, "2026-02-01")]
    [InlineData("2026/2/1", null, "2026-02-01")]
    [InlineData("25/02/2026", null, "2026-02-25")]
    [InlineData("02/25/2026", null, "2026-02-25")]
    [InlineData("01/02/2026", DateOrder.Dmy, "2026-02-01")]
    [InlineData("01/02/2026", DateOrder.Mdy, "2026-01-02")]
    [InlineData("01.02.2026", null, "2026-02-01")]
    [InlineData("02/02/2026", null, "2026-02-02")]
    [InlineData("1 Feb 2026", null, "2026-02-01")]
    [InlineData("February 1, 2026", null, "2026-02-01")]
    [InlineData("1. März 2026", null, "2026-03-01")]
    [InlineData("46054", null, "2026-02-01")]
    [InlineData("2026-02-01T00:00:00", null, "2026-02-01")]
    public void A_date_is_understood(string text, DateOrder? order, string expected) => Assert.Equal(expected, CellText.Of(CellDates.Date(text, order).Value));

    [Theory]
    [InlineData("01/02/2026", "ambiguous_date")]
    [InlineData("12-11-2026", "ambiguous_date")]
    [InlineData("01/02/26", "invalid_date")]
    [InlineData("31/02/2026", "invalid_date")]
    [InlineData("2026", "invalid_date")]
    [InlineData("2026-13-01", "invalid_date")]
    [InlineData("2026-02-01 14:00", "invalid_date")]
    [InlineData("soon", "invalid_date")]
    public void A_date_that_could_be_another_or_none_is_refused(string text, string code) => Assert.Equal(code, CellDates.Date(text, null).Fault?.Code);

    [Theory]
    [InlineData("2026-02-01T14:30:00Z", "2026-02-01T14:30:00Z")]
    [InlineData("2026-02-01T14:30:00+02:00", "2026-02-01T12:30:00Z")]
    [InlineData("2026-02-01 14:30", "2026-02-01T13:30:00Z")]
    [InlineData("2026-07-01 14:30:15", "2026-07-01T12:30:15Z")]
    [InlineData("2026-02-01", "2026-01-31T23:00:00Z")]
    public void A_moment_without_an_offset_is_local(string text, string expected) => Assert.Equal(expected, CellText.Of(CellDates.Instant(text, new CellRules(null, '.', Zurich)).Value));

    [Theory]
    [InlineData("2026-03-29 02:30", "invalid_instant")]
    [InlineData("2026-10-25 02:30", "ambiguous_instant")]
    public void A_moment_the_clocks_skipped_or_had_twice_is_refused(string text, string code) => Assert.Equal(code, CellDates.Instant(text, new CellRules(null, '.', Zurich)).Fault?.Code);

    [Theory]
    [InlineData("1234.5", '.', "1234.5")]
    [InlineData("1,234.50", '.', "1234.50")]
    [InlineData("1.234,50", ',', "1234.50")]
    [InlineData("1'234'567", '.', "1234567")]
    [InlineData("-5", '.', "-5")]
    [InlineData("1,5", '.', null)]
    [InlineData("1.2.3", '.', null)]
    [InlineData("twelve", '.', null)]
    public void A_number_is_read_by_its_decimal_sign(string text, char sign, string? expected) =>
        Assert.Equal(expected, CellText.Of(CellReader.Read(text, Column(typeof(decimal), ColumnType.Number), new CellRules(null, sign, Zurich)).Value));

    [Theory]
    [InlineData("a; b,c\nd", "a|b|c|d")]
    [InlineData("a\\;b; c\\,d; e\\\\f", "a;b|c,d|e\\f")]
    [InlineData(" ; ", "")]
    public void Several_values_stand_between_their_separators(string text, string expected) => Assert.Equal(expected, string.Join('|', CellText.Split(text)));

    [Theory]
    [InlineData("15, 60", "15; 60")]
    [InlineData("[15, 60]", "15; 60")]
    [InlineData(" [ 15 ] ", "15")]
    [InlineData("[]", "")]
    public void Several_numbers_are_also_read_as_JSON_writes_them(string text, string expected)
    {
        foreach (var type in new[] { typeof(int[]), typeof(List<int>) })
        {
            var (value, fault) = CellReader.Read(text, Column(type, ColumnType.Words), new CellRules(null, '.', Zurich));
            Assert.Null(fault);
            Assert.IsType(type, value);
            Assert.Equal(expected, CellText.Of(value));
        }
    }

    [Theory]
    [InlineData("[15, soon]", "'soon' is not a whole number.")]
    [InlineData("[15, null]", "'null' is not a whole number.")]
    [InlineData("[[15]]", "'[15]' is not a whole number.")]
    [InlineData("15; 1.5", "'1.5' is not a whole number that can be kept.")]
    public void One_that_is_no_number_is_named(string text, string message) =>
        Assert.Equal(message, CellReader.Read(text, Column(typeof(int[]), ColumnType.Words), new CellRules(null, '.', Zurich)).Fault?.Message);

    [Fact]
    public void Several_values_come_back_as_they_were()
    {
        List<string> words = ["a;b", "c,d", "e\\f", "g\\;h", "plain"];

        Assert.Equal(words, CellText.Split(CellText.Of(words)!));
    }

    [Theory]
    [InlineData("\\N")]
    [InlineData("\\\\N")]
    [InlineData("N")]
    [InlineData("\\")]
    public void The_sign_that_clears_can_be_a_text_too(string text) => Assert.Equal(text, CellText.Unescape(CellText.Of(text)!));

    [Theory]
    [InlineData("=1+1")]
    [InlineData("'=1+1")]
    [InlineData("''x")]
    [InlineData("-")]
    [InlineData("plain")]
    public void A_neutralised_text_comes_back(string text) => Assert.Equal(text, CsvLine.Original(CsvLine.Neutral(text)));

    private static NounColumn Column(Type value, ColumnType type) => new(new ExchangeColumn("x", type, false, false), value, true, null, null, null);
}
