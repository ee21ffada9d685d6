using System.Text.Json;
using Tessera.Testing;

namespace Tessera.Recruiting.Tests;

public sealed class DashboardTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task The_dashboard_counts_what_is_there_and_lists_the_next_interviews_first()
    {
        var tenant = await api.FoundAsync();
        var admin = tenant.Admin;
        var candidate = await admin.AddCandidateAsync("Anna Becker");
        await admin.AddCandidateAsync();
        for (var i = 10; i >= 1; i--)
        {
            (await admin.ScheduleAsync(candidate.Id, $"Expert {i}", api.Clock.Now.AddDays(i))).Must(201);
        }

        (await admin.ScheduleAsync(candidate.Id, "Expert Today", api.Clock.Now.AddHours(2))).Must(201);
        (await admin.Post("recruiting/calls", new { callerName = "Anna", callerNumber = "+41446681800", callType = "missed", status = "missed", isImportant = true })).Must(201);
        (await admin.Post("recruiting/calls", new { callerName = "Bo", callerNumber = "+41446681801", callType = "missed", status = "missed" })).Must(201);

        var answer = (await admin.Get("recruiting/dashboard")).Must(200);

        var cards = answer["cards"];
        Assert.Equal((1, 2, 11, 2), (Number(cards, "users"), Number(cards, "candidates"), Number(cards, "interviews"), Number(cards, "calls")));
        Assert.Equal(["applied", "screening", "interviewed", "hired", "rejected"], answer["pipeline"].EnumerateArray().Select(s => s.GetProperty("status").GetString()));
        Assert.Equal([2, 0, 0, 0, 0], answer["pipeline"].EnumerateArray().Select(s => s.GetProperty("count").GetInt32()));
        var upcoming = answer["upcoming"].EnumerateArray().ToArray();
        Assert.Equal(8, upcoming.Length);
        Assert.Equal("Expert Today", upcoming[0].GetProperty("interviewerName").GetString());
        Assert.Equal("Anna Becker", upcoming[0].GetProperty("candidateName").GetString());
        Assert.Equal((1, 1), (answer["interviewsToday"].GetInt32(), answer["callsToReturn"].GetInt32()));
    }

    [Fact]
    public async Task Nobody_sees_numbers_of_pages_they_do_not_have()
    {
        var tenant = await api.FoundAsync();
        await tenant.Admin.AddCandidateAsync();
        var (agent, viewer) = (await tenant.AddAsync("agent"), await tenant.AddAsync("viewer"));

        var ofAgent = (await agent.Get("recruiting/dashboard")).Must(200);
        var ofViewer = (await viewer.Get("recruiting/dashboard")).Must(200);

        Assert.Equal([true, true, false, false], Nulls(ofAgent["cards"]));
        Assert.Equal(JsonValueKind.Null, ofAgent["pipeline"].ValueKind);
        Assert.Equal(JsonValueKind.Array, ofAgent["upcoming"].ValueKind);
        Assert.Equal([true, true, true, true], Nulls(ofViewer["cards"]));
        Assert.All(new[] { "pipeline", "upcoming", "interviewsToday", "callsToReturn" }, field => Assert.Equal(JsonValueKind.Null, ofViewer[field].ValueKind));
    }

    [Fact]
    public async Task Without_the_dashboard_page_there_is_no_dashboard()
    {
        var tenant = await api.FoundAsync();
        var viewer = await tenant.AddAsync("viewer");
        (await tenant.Admin.Put($"users/{viewer.UserId}/pages/dashboard", new { access = "deny" })).Must(200);

        (await viewer.Get("recruiting/dashboard")).Must(403, "forbidden");
    }

    private static int Number(JsonElement of, string field) => of.GetProperty(field).GetInt32();

    private static bool[] Nulls(JsonElement cards) =>
        [.. new[] { "users", "candidates", "interviews", "calls" }.Select(card => cards.GetProperty(card).ValueKind == JsonValueKind.Null)];
}
