using Tessera.Testing;

namespace Tessera.Recruiting.Tests.Interviews;

public sealed class CalendarTests(Api api) : IClassFixture<Api>
{
    private static readonly DateTimeOffset Week = new(2026, 3, 9, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_calendar_shows_what_touches_the_range_in_order_in_one_statement()
    {
        var admin = (await api.FoundAsync()).Admin;
        var candidate = await admin.AddCandidateAsync("Anna Becker");
        var reachesIn = (await admin.ScheduleAsync(candidate.Id, "A", Week.AddMinutes(-30))).Must(201);
        var inside = (await admin.ScheduleAsync(candidate.Id, "B", Week.AddDays(3))).Must(201);
        var lastMinute = (await admin.ScheduleAsync(candidate.Id, "C", Week.AddDays(7).AddMinutes(-5))).Must(201);
        (await admin.ScheduleAsync(candidate.Id, "D", Week.AddHours(-2))).Must(201);
        (await admin.ScheduleAsync(candidate.Id, "E", Week.AddDays(8))).Must(201);
        await CalendarAsync(admin, Week, Week.AddDays(7));

        var items = (await CalendarAsync(admin, Week, Week.AddDays(7))).Must(200).Items;

        Assert.Equal([reachesIn.Id, inside.Id, lastMinute.Id], items.Select(i => i.GetProperty("id").GetGuid()));
        Assert.All(items, i => Assert.Equal("Anna Becker", i.GetProperty("candidateName").GetString()));
    }

    [Fact]
    public async Task A_lane_shows_only_its_person()
    {
        var tenant = await api.FoundAsync();
        var agent = await tenant.AddAsync("agent");
        await tenant.Admin.ScheduleAsync((await tenant.Admin.AddCandidateAsync()).Id, "Somebody Else", Week.AddDays(1));
        var own = (await tenant.Admin.Post("recruiting/interviews", new { candidateId = (await tenant.Admin.AddCandidateAsync()).Id, interviewerUserId = agent.UserId, scheduledAt = Week.AddDays(1) })).Must(201);

        var items = (await agent.Get($"recruiting/interviews/calendar?from={Week:O}&to={Week.AddDays(7):O}&interviewerUserId={agent.UserId}".Replace("+", "%2B"))).Must(200).Items;

        Assert.Equal(own.Id, Assert.Single(items).GetProperty("id").GetGuid());
        Assert.DoesNotContain(items[0].EnumerateObject(), field => field.Name.Contains("email", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(63)]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task A_range_of_no_days_or_too_many_is_refused(int days)
    {
        var admin = (await api.FoundAsync()).Admin;

        Assert.Equal(["to"], (await CalendarAsync(admin, Week, Week.AddDays(days))).Must(400, "validation_failed").Faults);
        (await admin.Get("recruiting/interviews/calendar?from=soon&to=later")).Must(400);
        (await CalendarAsync(admin, DateTimeOffset.MinValue, DateTimeOffset.MinValue.AddDays(1))).Must(200);
    }

    private static Task<Answer> CalendarAsync(Client person, DateTimeOffset from, DateTimeOffset to) =>
        person.Get($"recruiting/interviews/calendar?from={from:yyyy-MM-dd'T'HH:mm:ss'Z'}&to={to:yyyy-MM-dd'T'HH:mm:ss'Z'}");
}
