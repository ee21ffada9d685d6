using System.Globalization;
using Tessera.Kernel.Tenancy;

namespace Tessera.Kernel.Tests.Backup;

public sealed class LocalTimeTests
{
    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29", "2026-03-29T01:00:00Z")]
    [InlineData("Europe/Berlin", "2026-10-25", "2026-10-25T00:00:00Z")]
    [InlineData("America/New_York", "2026-03-08", "2026-03-08T07:00:00Z")]
    [InlineData("America/New_York", "2026-11-01", "2026-11-01T07:00:00Z")]
    [InlineData("Pacific/Chatham", "2026-01-15", "2026-01-14T12:15:00Z")]
    [InlineData("Pacific/Pago_Pago", "2026-01-15", "2026-01-15T13:00:00Z")]
    [InlineData("Europe/Zurich", "2028-02-29", "2028-02-29T01:00:00Z")]
    public void Two_in_the_morning_is_one_moment_of_each_day(string zone, string day, string instant) =>
        Assert.Equal(Instant(instant), LocalTime.FirstAt(DateOnly.Parse(day, CultureInfo.InvariantCulture), new TimeOnly(2, 0), Zone(zone)));

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("Pacific/Chatham")]
    [InlineData("Pacific/Pago_Pago")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("America/Sao_Paulo")]
    public void Every_day_of_four_years_has_exactly_one_and_the_next_is_always_to_come(string zone)
    {
        var at = new TimeOnly(2, 0);
        var previous = DateTimeOffset.MinValue;
        for (var day = new DateOnly(2025, 1, 1); day < new DateOnly(2029, 1, 1); day = day.AddDays(1))
        {
            var due = LocalTime.FirstAt(day, at, Zone(zone));
            Assert.True(due > previous && (previous == DateTimeOffset.MinValue || due - previous < TimeSpan.FromHours(26)), $"{day} in {zone}");
            Assert.Equal(day, LocalTime.LastDay(due, at, Zone(zone)));
            Assert.Equal(day.AddDays(-1), LocalTime.LastDay(due.AddTicks(-1), at, Zone(zone)));
            Assert.Equal(due, LocalTime.Next(due.AddTicks(-1), at, Zone(zone)));
            previous = due;
        }
    }

    private static TimeZoneInfo Zone(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
