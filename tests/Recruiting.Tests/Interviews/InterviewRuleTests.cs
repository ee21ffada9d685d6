using System.Text;
using System.Text.Json;
using Tessera.Testing;

namespace Tessera.Recruiting.Tests.Interviews;

/// <summary>States, times, scores and the calendar file of an interview.</summary>
public sealed class InterviewRuleTests(Api api) : IClassFixture<Api>
{
    [Theory]
    [InlineData("scheduled", "in_progress", true)]
    [InlineData("scheduled", "cancelled", true)]
    [InlineData("scheduled", "completed", false)]
    [InlineData("in_progress", "completed", true)]
    [InlineData("in_progress", "cancelled", true)]
    [InlineData("in_progress", "no_show", false)]
    [InlineData("in_progress", "scheduled", false)]
    [InlineData("completed", "in_progress", false)]
    [InlineData("completed", "cancelled", false)]
    [InlineData("cancelled", "completed", false)]
    [InlineData("no_show", "completed", false)]
    [InlineData("completed", "scheduled", true)]
    [InlineData("cancelled", "scheduled", true)]
    [InlineData("no_show", "scheduled", true)]
    public async Task Only_the_drawn_steps_are_taken(string from, string to, bool allowed)
    {
        var tenant = await api.FoundAsync();
        var path = await AddAsync(tenant, from);

        var answer = await tenant.Admin.Post($"{path}/move", new { status = to, reason = "Because" });

        if (allowed)
        {
            Assert.Equal(to, answer.Must(200)["status"].GetString());
        }
        else
        {
            Assert.DoesNotContain(to, answer.Must(409, "move_not_allowed")["allowed"].EnumerateArray().Select(a => a.GetString()));
        }
    }

    [Fact]
    public async Task Only_a_manager_reopens_and_says_why()
    {
        var tenant = await api.FoundAsync();
        var (manager, agent) = (await tenant.AddAsync("manager"), await tenant.AddAsync("agent"));
        var path = await AddAsync(tenant, "completed");
        (await agent.Post($"{path}/score", new { score = 8, recommendation = "yes" })).Must(200);

        (await agent.Post($"{path}/move", new { status = "scheduled", reason = "Again" })).Must(403, "manager_required");
        (await manager.Post($"{path}/move", new { status = "scheduled" })).Must(409, "reason_required");
        var open = (await manager.Post($"{path}/move", new { status = "scheduled", reason = "Again" })).Must(200);

        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (open["score"].ValueKind, open["recommendation"].ValueKind));
    }

    [Fact]
    public async Task Nobody_is_missing_before_ten_minutes_have_passed()
    {
        var tenant = await api.FoundAsync();
        var candidate = await tenant.Admin.AddCandidateAsync();
        var interview = (await tenant.Admin.ScheduleAsync(candidate.Id, "Mara Lindt", api.Clock.Now.AddMinutes(1))).Must(201);
        var path = $"recruiting/interviews/{interview.Id}";

        (await tenant.Admin.Post($"{path}/move", new { status = "no_show" })).Must(409, "too_early");
        api.Clock.Advance(TimeSpan.FromMinutes(9));
        (await tenant.Admin.Post($"{path}/move", new { status = "no_show" })).Must(409, "too_early");
        api.Clock.Advance(TimeSpan.FromMinutes(3));
        (await tenant.Admin.Post($"{path}/move", new { status = "no_show" })).Must(200);
    }

    [Theory]
    [InlineData("scheduled", 60, 201)]
    [InlineData("scheduled", -10, 201)]
    [InlineData("scheduled", -16, 400)]
    [InlineData("completed", -6000, 201)]
    [InlineData("completed", 60, 400)]
    [InlineData("in_progress", -30, 201)]
    [InlineData("in_progress", 60, 400)]
    [InlineData("no_show", -11, 201)]
    [InlineData("no_show", -5, 400)]
    public async Task The_past_is_for_interviews_that_were_held(string status, int minutesFromNow, int expected)
    {
        var tenant = await api.FoundAsync();
        var candidate = await tenant.Admin.AddCandidateAsync();

        var answer = await tenant.Admin.Post("recruiting/interviews", new { candidateId = candidate.Id, interviewerName = "Mara Lindt", scheduledAt = api.Clock.Now.AddMinutes(minutesFromNow), status });

        answer.Must(expected);
        if (expected == 400)
        {
            Assert.Equal(["scheduledAt"], answer.Faults);
        }
    }

    [Theory]
    [InlineData("scheduled", 409)]
    [InlineData("cancelled", 409)]
    [InlineData("no_show", 409)]
    [InlineData("in_progress", 200)]
    [InlineData("completed", 200)]
    public async Task A_score_is_given_while_it_is_held_or_afterwards(string status, int expected)
    {
        var tenant = await api.FoundAsync();
        var path = await AddAsync(tenant, status);

        var answer = (await tenant.Admin.Post($"{path}/score", new { score = 7, recommendation = "strong_yes" })).Must(expected);

        Assert.Equal(expected == 409 ? "score_too_early" : null, answer.Code);
    }

    [Theory]
    [InlineData("""{"score":0}""")]
    [InlineData("""{"score":11}""")]
    [InlineData("""{"score":-1}""")]
    [InlineData("""{"score":7.5}""")]
    [InlineData("""{"score":"7"}""")]
    [InlineData("""{"score":null}""")]
    [InlineData("""{"score":7,"recommendation":"perhaps"}""")]
    [InlineData("{}")]
    public async Task A_score_is_a_whole_number_from_one_to_ten(string body)
    {
        var tenant = await api.FoundAsync();
        var path = await AddAsync(tenant, "completed");

        Assert.Equal(400, (await tenant.Admin.Post($"{path}/score", body)).Status);
        Assert.Equal(JsonValueKind.Null, (await tenant.Admin.Get(path)).Must(200)["score"].ValueKind);
    }

    [Fact]
    public async Task No_score_is_not_the_lowest_score()
    {
        var tenant = await api.FoundAsync();
        var (scored, _) = (await AddAsync(tenant, "completed"), await AddAsync(tenant, "completed"));
        (await tenant.Admin.Post($"{scored}/score", new { score = 1 })).Must(200);

        Assert.Equal(1, (await tenant.Admin.Get("recruiting/interviews?score.lte=5")).Must(200)["total"].GetInt32());
        Assert.Equal(1, (await tenant.Admin.Get("recruiting/interviews?score.null=true")).Must(200)["total"].GetInt32());
    }

    [Fact]
    public async Task People_who_are_not_here_cannot_be_named()
    {
        var (tenant, other) = (await api.FoundAsync(), await api.FoundAsync());
        var candidate = await tenant.Admin.AddCandidateAsync();
        var foreign = await other.Admin.AddCandidateAsync();
        var at = api.Clock.Now.AddDays(1);

        Assert.Equal(["candidateId"], (await tenant.Admin.ScheduleAsync(foreign.Id, "Mara Lindt", at)).Must(404).Faults);
        Assert.Equal(["interviewerUserId"], (await tenant.Admin.Post("recruiting/interviews", new { candidateId = candidate.Id, interviewerUserId = other.Admin.UserId, scheduledAt = at })).Must(404).Faults);
        Assert.Equal(["participantIds"], (await tenant.Admin.Post("recruiting/interviews", new { candidateId = candidate.Id, interviewerName = "Mara Lindt", participantIds = new[] { other.Admin.UserId }, scheduledAt = at })).Must(404).Faults);
        Assert.Equal(["interviewerName"], (await tenant.Admin.Post("recruiting/interviews", new { candidateId = candidate.Id, scheduledAt = at })).Must(400).Faults);
        Assert.Equal(
            ["candidateId", "durationMins", "joinUrl", "scheduledAt", "timeZone"],
            (await tenant.Admin.Post("recruiting/interviews", new { durationMins = 4, timeZone = "Mars/Olympus", joinUrl = "javascript:x" })).Must(400).Faults.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_audit_trail_names_what_was_done()
    {
        var tenant = await api.FoundAsync();
        var candidate = await tenant.Admin.AddCandidateAsync();
        var interview = (await tenant.Admin.ScheduleAsync(candidate.Id, "Mara Lindt", api.Clock.Now.AddDays(1))).Must(201);
        var path = $"recruiting/interviews/{interview.Id}";
        (await tenant.Admin.Post($"{path}/reschedule", new { scheduledAt = api.Clock.Now.AddDays(2) })).Must(200);
        (await tenant.Admin.Post($"{path}/move", new { status = "cancelled", reason = "Ill" })).Must(200);
        (await tenant.Admin.Post($"{path}/move", new { status = "scheduled", reason = "Well" })).Must(200);
        (await tenant.Admin.Post($"{path}/move", new { status = "in_progress" })).Must(200);
        (await tenant.Admin.Post($"{path}/score", new { score = 5 })).Must(200);

        Assert.Equal(
            ["score_interview", "move_interview", "reopen_interview", "cancel_interview", "reschedule_interview", "create_interview"],
            (await tenant.Admin.Get($"{path}/history")).Must(200).Items.Select(h => h.GetProperty("action").GetString()));
    }

    [Fact]
    public async Task The_calendar_file_keeps_its_id_counts_changes_and_says_when_it_is_off()
    {
        var tenant = await api.FoundAsync();
        var candidate = await tenant.Admin.AddCandidateAsync("Müller, Zoë; née \\ Łuczak " + new string('ż', 60));
        var at = new DateTimeOffset(2027, 3, 29, 1, 49, 0, TimeSpan.Zero);
        var interview = (await tenant.Admin.ScheduleAsync(candidate.Id, "Mara Lindt", at, 90)).Must(201);
        var path = $"recruiting/interviews/{interview.Id}";

        var first = (await tenant.Admin.Get($"{path}/ics")).Must(200);
        Assert.Equal("text/calendar", first.ContentHeaders.ContentType?.MediaType);
        var lines = Unfold(first.Text);
        Assert.Contains($"UID:{interview.Id}@tessera", lines);
        Assert.Contains("DTSTART:20270329T014900Z", lines);
        Assert.Contains("DTEND:20270329T031900Z", lines);
        Assert.Contains("SEQUENCE:0", lines);
        Assert.Contains("METHOD:PUBLISH", lines);
        Assert.Contains("SUMMARY:Interview: Müller\\, Zoë\\; née \\\\ Łuczak " + new string('ż', 60), lines);
        Assert.All(first.Text.Split("\r\n"), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75, line));

        (await tenant.Admin.Post($"{path}/reschedule", new { scheduledAt = at.AddDays(1) })).Must(200);
        (await tenant.Admin.Post($"{path}/move", new { status = "cancelled", reason = "Ill" })).Must(200);
        var last = Unfold((await tenant.Admin.Get($"{path}/ics")).Must(200).Text);
        Assert.Contains($"UID:{interview.Id}@tessera", last);
        Assert.Contains("SEQUENCE:2", last);
        Assert.Contains("METHOD:CANCEL", last);
        Assert.Contains("STATUS:CANCELLED", last);
    }

    private static string[] Unfold(string file) => file.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n");

    /// <summary>An interview in the given state, as far as possible by the way people take.</summary>
    private async Task<string> AddAsync(TestTenant tenant, string status)
    {
        var candidate = await tenant.Admin.AddCandidateAsync();
        var (startStatus, at) = status switch
        {
            "scheduled" or "cancelled" => ("scheduled", api.Clock.Now.AddDays(1)),
            _ => (status, api.Clock.Now.AddMinutes(-20)),
        };
        var interview = (await tenant.Admin.Post("recruiting/interviews", new { candidateId = candidate.Id, interviewerName = "Mara Lindt " + candidate.Id, scheduledAt = at, status = startStatus })).Must(201);
        if (status == "cancelled")
        {
            (await tenant.Admin.Post($"recruiting/interviews/{interview.Id}/move", new { status })).Must(200);
        }

        return $"recruiting/interviews/{interview.Id}";
    }
}
