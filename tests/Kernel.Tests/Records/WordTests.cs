using FsCheck;
using FsCheck.Fluent;
using Tessera.Kernel.Records;

namespace Tessera.Kernel.Tests.Records;

/// <summary>Names, addresses and telephone numbers in their one spelling.</summary>
public sealed class WordTests
{
    private enum Sample
    {
        InProgress,
        NoShow,
        X,
        HTTPServer,
    }

    [Theory]
    [InlineData("+49 (30) 123-45 67", "+49301234567")]
    [InlineData("0049 30 1234567", "+49301234567")]
    [InlineData("044 668 18 00", "0446681800")]
    [InlineData("  +41\u00a044 668 18 00 ", "+41446681800")]
    [InlineData("117", "117")]
    [InlineData("12", null)]
    [InlineData("+12", null)]
    [InlineData("+0 123 456 789", null)]
    [InlineData("1234567890123456", null)]
    [InlineData("0044+30", null)]
    [InlineData("call me", null)]
    [InlineData("٠١٢٣٤٥", null)]
    [InlineData("", null)]
    [InlineData("   ", null)]
    [InlineData(null, null)]
    public void A_telephone_number_is_tidied_or_refused(string? text, string? expected) => Assert.Equal(expected, PhoneNumber.Normalise(text));

    [Theory]
    [InlineData("+41446681800", "446681800")]
    [InlineData("0446681800", "446681800")]
    [InlineData("12345", null)]
    [InlineData(null, null)]
    public void A_number_matches_with_and_without_its_countrys_code(string? number, string? key) => Assert.Equal(key, PhoneNumber.MatchKey(number));

    [Fact]
    public void A_tidy_number_stays_as_it_is() =>
        Prop.ForAll(
            Gen.Elements("0123456789+ -()./x".ToCharArray()).ArrayOf().Select(c => new string(c)).ToArbitrary(),
            text => PhoneNumber.Normalise(text) is not { } tidy || PhoneNumber.Normalise(tidy) == tidy).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("DurationMins", "duration_mins", "durationMins")]
    [InlineData("Id", "id", "id")]
    [InlineData("HTTPServer", "http_server", "hTTPServer")]
    public void A_name_has_one_spelling_in_each_place(string name, string snake, string camel) => Assert.Equal((snake, camel), (Words.Snake(name), Words.Camel(name)));

    [Fact]
    public void Every_enum_value_comes_back_from_its_word()
    {
        Assert.Equal(["in_progress", "no_show", "x", "http_server"], Words.All(typeof(Sample)));
        Assert.All(Enum.GetValues<Sample>(), value => Assert.Equal(value, Words.Parse<Sample>(Words.Of(value))));
        Assert.Throws<FormatException>(() => Words.Parse<Sample>("InProgress"));
    }

    [Theory]
    [InlineData("100%", "100\\%")]
    [InlineData("a_b", "a\\_b")]
    [InlineData("\\", "\\\\")]
    public void A_search_text_is_taken_literally(string text, string pattern) => Assert.Equal(pattern, LikePattern.Escape(text));
}
