using System.Text.Json;
using Tessera.Testing;

namespace Tessera.Recruiting.Tests.Calls;

/// <summary>The call log: what goes together, whose number it is, and who waits to be called back.</summary>
public sealed class CallTests(Api api) : IClassFixture<Api>
{
    [Theory]
    [InlineData("inbound", "answered missed voicemail busy")]
    [InlineData("outbound", "answered busy missed voicemail")]
    [InlineData("missed", "missed")]
    [InlineData("voicemail", "voicemail")]
    public async Task A_kind_of_call_ends_in_its_own_ways_only(string callType, string allowed)
    {
        var tenant = await api.FoundAsync();
        foreach (var status in (string[])["answered", "missed", "busy", "voicemail"])
        {
            var answer = await LogAsync(tenant.Admin, callType, status, status is "answered" or "voicemail" ? 30 : 0);
            if (allowed.Split(' ').Contains(status))
            {
                answer.Must(201);
            }
            else
            {
                Assert.Equal(["status"], answer.Must(400, "validation_failed").Faults);
            }
        }
    }

    [Theory]
    [InlineData("answered", 0, 400)]
    [InlineData("answered", 1, 201)]
    [InlineData("missed", 1, 400)]
    [InlineData("missed", 0, 201)]
    [InlineData("busy", 5, 400)]
    [InlineData("voicemail", 0, 201)]
    [InlineData("answered", -1, 400)]
    [InlineData("answered", 86401, 400)]
    public async Task A_call_lasts_as_long_as_it_can(string status, int seconds, int expected)
    {
        var tenant = await api.FoundAsync();

        var answer = (await LogAsync(tenant.Admin, "inbound", status, seconds)).Must(expected);

        if (expected == 400)
        {
            Assert.Equal(["durationSecs"], answer.Faults);
        }
    }

    [Fact]
    public async Task A_number_is_tidied_and_finds_its_candidate_when_there_is_just_one()
    {
        var tenant = await api.FoundAsync();
        var ada = await tenant.Admin.AddCandidateAsync("Ada", phone: "+41 44 668 18 00");

        var call = (await LogAsync(tenant.Admin, "inbound", "answered", 60, "044 668 18 00")).Must(201);
        Assert.Equal(("0446681800", ada.Id, "Ada"), (call["callerNumber"].GetString(), call["candidateId"].GetGuid(), call["candidateName"].GetString()));
        Assert.Equal(tenant.Admin.UserId, call["handledById"].GetGuid());

        await tenant.Admin.AddCandidateAsync("Twin", phone: "044 668 18 00");
        Assert.Equal(JsonValueKind.Null, (await LogAsync(tenant.Admin, "inbound", "answered", 60, "0041446681800")).Must(201)["candidateId"].ValueKind);
        Assert.Equal(JsonValueKind.Null, (await LogAsync(tenant.Admin, "inbound", "answered", 60, "117")).Must(201)["candidateId"].ValueKind);
        Assert.Equal(["callerNumber"], (await LogAsync(tenant.Admin, "inbound", "answered", 60, "call me")).Must(400).Faults);
    }

    [Fact]
    public async Task A_number_of_another_tenants_candidate_finds_nobody()
    {
        var (tenant, other) = (await api.FoundAsync(), await api.FoundAsync());
        await other.Admin.AddCandidateAsync(phone: "+41 44 668 18 00");

        Assert.Equal(JsonValueKind.Null, (await LogAsync(tenant.Admin, "inbound", "answered", 60)).Must(201)["candidateId"].ValueKind);
    }

    [Fact]
    public async Task An_important_missed_call_is_to_be_returned_within_a_day_and_once()
    {
        var tenant = await api.FoundAsync();
        var agent = await tenant.AddAsync("agent");
        var missed = (await LogAsync(agent, "missed", "missed", 0, important: true)).Must(201);
        Assert.Equal(missed["occurredAt"].GetDateTimeOffset().AddDays(1), missed["followUpAt"].GetDateTimeOffset());

        Assert.Equal(1, (await agent.Get("recruiting/calls?followUpAt.null=false&followedUpAt.null=true")).Must(200)["total"].GetInt32());
        (await agent.Post($"recruiting/calls/{missed.Id}/follow-up")).Must(200);
        (await agent.Post($"recruiting/calls/{missed.Id}/follow-up")).Must(409, "no_follow_up");

        var trivial = (await LogAsync(agent, "missed", "missed", 0)).Must(201);
        Assert.Equal(JsonValueKind.Null, trivial["followUpAt"].ValueKind);
        (await agent.Post($"recruiting/calls/{trivial.Id}/follow-up")).Must(409, "no_follow_up");
    }

    [Fact]
    public async Task A_call_lies_in_the_past_and_its_time_stays_when_it_is_edited()
    {
        var tenant = await api.FoundAsync();
        var at = api.Clock.Now.AddHours(-3);
        var call = (await LogAsync(tenant.Admin, "inbound", "answered", 60, occurredAt: at)).Must(201);

        Assert.Equal(["occurredAt"], (await LogAsync(tenant.Admin, "inbound", "answered", 60, occurredAt: api.Clock.Now.AddMinutes(6))).Must(400).Faults);
        Assert.Equal(["occurredAt"], (await LogAsync(tenant.Admin, "inbound", "answered", 60, occurredAt: new DateTimeOffset(1999, 1, 1, 0, 0, 0, TimeSpan.Zero))).Must(400).Faults);
        var edited = (await tenant.Admin.Patch($"recruiting/calls/{call.Id}", new { notes = "Calls back" }, version: 1)).Must(200);
        Assert.Equal(call["occurredAt"].GetDateTimeOffset(), edited["occurredAt"].GetDateTimeOffset());
        (await tenant.Admin.Patch($"recruiting/calls/{call.Id}", new { status = "missed" }, version: 2)).Must(400, "validation_failed");
    }

    [Fact]
    public async Task Somebody_elses_people_cannot_be_named()
    {
        var (tenant, other) = (await api.FoundAsync(), await api.FoundAsync());
        var foreign = await other.Admin.AddCandidateAsync();

        foreach (var body in (object[])[
            new { callerName = "A", callerNumber = "117", callType = "inbound", status = "answered", durationSecs = 5, candidateId = foreign.Id },
            new { callerName = "A", callerNumber = "117", callType = "inbound", status = "answered", durationSecs = 5, handledById = other.Admin.UserId }])
        {
            (await tenant.Admin.Post("recruiting/calls", body)).Must(404, "not_found");
        }
    }

    private static Task<Answer> LogAsync(Client person, string callType, string status, int seconds, string number = "+41 44 668 18 00", bool important = false, DateTimeOffset? occurredAt = null) =>
        person.Post("recruiting/calls", new { callerName = "Ada", callerNumber = number, callType, status, durationSecs = seconds, isImportant = important, occurredAt });
}
