using Tessera.Testing;

namespace Tessera.Recruiting.Tests.Interviews;

/// <summary>Nobody sits in two interviews at once, whatever path leads there.</summary>
public sealed class InterviewBookingTests(Api api) : IClassFixture<Api>
{
    private const string Mara = "Mara Lindt";

    private DateTimeOffset Ten => new(api.Clock.Now.UtcDateTime.Date.AddDays(1).AddHours(10), TimeSpan.Zero);

    [Theory]
    [InlineData(60, 30, 201)]
    [InlineData(59, 31, 409)]
    [InlineData(-60, 60, 201)]
    [InlineData(-30, 120, 409)]
    public async Task The_interviewer_is_busy_from_the_first_to_before_the_last_moment(int startMinutes, int minutes, int status)
    {
        var (tenant, first, second) = await DeskAsync();
        (await tenant.Admin.ScheduleAsync(first, Mara, Ten)).Must(201);

        var answer = (await tenant.Admin.ScheduleAsync(second, Mara, Ten.AddMinutes(startMinutes), minutes)).Must(status);

        if (status == 409)
        {
            var conflict = Assert.Single(answer.Must(409, "booking_conflict")["conflicts"].EnumerateArray());
            Assert.Equal(("interviewer", Mara, Ten), (conflict.GetProperty("resource").GetString(), conflict.GetProperty("label").GetString(), conflict.GetProperty("start").GetDateTimeOffset()));
            Assert.Equal(3, answer["suggestions"].GetArrayLength());
            Assert.Equal(["scheduledAt"], answer.Faults);
        }
    }

    [Fact]
    public async Task The_candidate_cannot_be_with_two_interviewers_at_once()
    {
        var (tenant, first, _) = await DeskAsync();
        (await tenant.Admin.ScheduleAsync(first, Mara, Ten)).Must(201);

        var refused = (await tenant.Admin.ScheduleAsync(first, "Somebody Else", Ten)).Must(409, "booking_conflict");

        Assert.Equal("candidate", Assert.Single(refused["conflicts"].EnumerateArray()).GetProperty("resource").GetString());
    }

    [Theory]
    [InlineData("mara  LINDT ")]
    [InlineData("Mara Lindt")]
    public async Task The_same_name_is_the_same_person_however_it_is_typed(string typed)
    {
        var (tenant, first, second) = await DeskAsync();
        (await tenant.Admin.ScheduleAsync(first, Mara, Ten)).Must(201);

        (await tenant.Admin.ScheduleAsync(second, typed, Ten)).Must(409, "booking_conflict");
    }

    [Fact]
    public async Task A_users_name_stands_for_the_user_and_participants_are_busy_too()
    {
        var (tenant, first, second) = await DeskAsync();
        var (agent, other) = (await tenant.AddAsync("agent", "Quirin Vogt"), await tenant.AddAsync("agent", "Selma Brandt"));
        var byName = (await tenant.Admin.ScheduleAsync(first, "quirin vogt", Ten)).Must(201);
        Assert.Equal((agent.UserId, "Quirin Vogt"), (byName["interviewerUserId"].GetGuid(), byName["interviewerName"].GetString()));

        (await tenant.Admin.Post("recruiting/interviews", new { candidateId = second, interviewerUserId = agent.UserId, scheduledAt = Ten })).Must(409, "booking_conflict");
        (await tenant.Admin.Post("recruiting/interviews", new { candidateId = second, interviewerUserId = other.UserId, participantIds = new[] { agent.UserId }, scheduledAt = Ten })).Must(409, "booking_conflict");
        (await tenant.Admin.Post("recruiting/interviews", new { candidateId = second, interviewerUserId = other.UserId, scheduledAt = Ten })).Must(201);
    }

    [Fact]
    public async Task A_cancelled_interview_frees_its_time_and_does_not_come_back_into_a_taken_one()
    {
        var (tenant, first, second) = await DeskAsync();
        var cancelled = (await tenant.Admin.ScheduleAsync(first, Mara, Ten)).Must(201);
        (await tenant.Admin.Post($"recruiting/interviews/{cancelled.Id}/move", new { status = "cancelled", reason = "Ill" })).Must(200);
        var taken = (await tenant.Admin.ScheduleAsync(second, Mara, Ten.AddMinutes(30))).Must(201);

        (await tenant.Admin.Post($"recruiting/interviews/{cancelled.Id}/move", new { status = "scheduled", reason = "Well again" })).Must(409, "booking_conflict");
        (await tenant.Admin.Patch($"recruiting/interviews/{cancelled.Id}", new { status = "scheduled" }, version: 2)).Must(409);
        Assert.Equal("cancelled", (await tenant.Admin.Get($"recruiting/interviews/{cancelled.Id}")).Must(200)["status"].GetString());

        (await tenant.Admin.Delete($"recruiting/interviews/{taken.Id}")).Must(204);
        (await tenant.Admin.Post($"recruiting/interviews/{cancelled.Id}/move", new { status = "scheduled", reason = "Well again" })).Must(200);
        (await tenant.Admin.Post($"recruiting/interviews/{taken.Id}/restore")).Must(409, "booking_conflict");
        Assert.Single((await tenant.Admin.Get("recruiting/interviews?trash=true")).Must(200).Items);
    }

    [Fact]
    public async Task An_interview_is_not_in_its_own_way()
    {
        var (tenant, first, _) = await DeskAsync();
        var interview = (await tenant.Admin.ScheduleAsync(first, Mara, Ten)).Must(201);

        (await tenant.Admin.Patch($"recruiting/interviews/{interview.Id}", new { notes = "Bring the reel" }, version: 1)).Must(200);
        (await tenant.Admin.Post($"recruiting/interviews/{interview.Id}/reschedule", new { scheduledAt = Ten.AddMinutes(30) })).Must(200);
        (await tenant.Admin.Patch($"recruiting/interviews/{interview.Id}", new { durationMins = 90 }, version: 3)).Must(200);
    }

    [Fact]
    public async Task A_new_time_or_length_is_checked_again()
    {
        var (tenant, first, second) = await DeskAsync();
        (await tenant.Admin.ScheduleAsync(first, Mara, Ten)).Must(201);
        var interview = (await tenant.Admin.ScheduleAsync(second, Mara, Ten.AddHours(-1))).Must(201);
        var path = $"recruiting/interviews/{interview.Id}";

        (await tenant.Admin.Post($"{path}/reschedule", new { scheduledAt = Ten.AddMinutes(30) })).Must(409, "booking_conflict");
        (await tenant.Admin.Post($"{path}/reschedule", new { scheduledAt = Ten.AddHours(-1), durationMins = 61 })).Must(409, "booking_conflict");
        (await tenant.Admin.Patch(path, new { durationMins = 75 }, version: 1)).Must(409, "booking_conflict");
        (await tenant.Admin.Post($"{path}/reschedule", new { scheduledAt = Ten, interviewerName = "Somebody Else" })).Must(200);
        (await tenant.Admin.Post($"{path}/reschedule", new { scheduledAt = Ten, interviewerName = Mara })).Must(409, "booking_conflict");
        (await tenant.Admin.Post($"{path}/move", new { status = "cancelled" })).Must(200);
        (await tenant.Admin.Post($"{path}/reschedule", new { scheduledAt = Ten.AddHours(5) })).Must(409, "not_open");
    }

    [Fact]
    public async Task Of_many_who_book_one_interviewer_at_once_exactly_one_succeeds()
    {
        for (var round = 0; round < 3; round++)
        {
            var tenant = await api.FoundAsync();
            var candidates = new List<Guid>();
            for (var i = 0; i < 8; i++)
            {
                candidates.Add((await tenant.Admin.AddCandidateAsync()).Id);
            }

            var answers = await Task.WhenAll(candidates.Select((id, i) => tenant.Admin.ScheduleAsync(id, Mara, Ten.AddMinutes(i * 5))));

            Assert.Single(answers, a => a.Status == 201);
            Assert.All(answers.Where(a => a.Status != 201), a => a.Must(409, "booking_conflict"));
            Assert.Equal(1, (await tenant.Admin.Get("recruiting/interviews")).Must(200)["total"].GetInt32());
        }
    }

    [Fact]
    public async Task Two_who_move_two_interviews_to_one_time_at_once_do_not_both_succeed()
    {
        var (tenant, first, second) = await DeskAsync();
        var one = (await tenant.Admin.ScheduleAsync(first, Mara, Ten)).Must(201);
        var two = (await tenant.Admin.ScheduleAsync(second, Mara, Ten.AddHours(2))).Must(201);

        var answers = await Task.WhenAll(new[] { one.Id, two.Id }.Select(id => tenant.Admin.Post($"recruiting/interviews/{id}/reschedule", new { scheduledAt = Ten.AddHours(5) })));

        Assert.Single(answers, a => a.Status == 200);
        Assert.Single(answers, a => a is { Status: 409, Code: "booking_conflict" });
    }

    [Fact]
    public async Task A_manager_may_book_somebody_twice_and_it_shows()
    {
        var (tenant, first, second) = await DeskAsync();
        var (manager, agent) = (await tenant.AddAsync("manager"), await tenant.AddAsync("agent"));
        (await tenant.Admin.ScheduleAsync(first, Mara, Ten)).Must(201);

        (await agent.ScheduleAsync(second, Mara, Ten, allowDoubleBooking: true)).Must(403, "manager_required");
        (await manager.ScheduleAsync(second, Mara, Ten)).Must(409, "booking_conflict");
        var twice = (await manager.ScheduleAsync(second, Mara, Ten, allowDoubleBooking: true)).Must(201);

        Assert.True(twice["doubleBooked"].GetBoolean());
        (await agent.Patch($"recruiting/interviews/{twice.Id}", new { notes = "Knows about it" }, version: 1)).Must(200);
        (await agent.Post($"recruiting/interviews/{twice.Id}/reschedule", new { scheduledAt = Ten.AddMinutes(10) })).Must(409, "booking_conflict");
        var alone = (await agent.Post($"recruiting/interviews/{twice.Id}/reschedule", new { scheduledAt = Ten.AddHours(3) })).Must(200);
        Assert.False(alone["doubleBooked"].GetBoolean());
    }

    [Fact]
    public async Task Who_is_busy_can_be_asked_before_anything_is_saved()
    {
        var (tenant, first, second) = await DeskAsync();
        var agent = await tenant.AddAsync("agent");
        var interview = (await tenant.Admin.ScheduleAsync(first, Mara, Ten)).Must(201);
        var at = Uri.EscapeDataString(Ten.AddMinutes(30).ToString("o"));

        var busy = (await agent.Get($"recruiting/interviews/conflicts?candidateId={second}&interviewerName=mara%20lindt&scheduledAt={at}")).Must(200);
        Assert.Single(busy["conflicts"].EnumerateArray());
        Assert.All(busy["suggestions"].EnumerateArray(), s => Assert.True(s.GetDateTimeOffset() >= Ten.AddHours(1)));
        Assert.Empty((await agent.Get($"recruiting/interviews/conflicts?candidateId={second}&interviewerName=mara%20lindt&scheduledAt={at}&excludeId={interview.Id}")).Must(200)["conflicts"].EnumerateArray());
        Assert.Equal(400, (await agent.Get($"recruiting/interviews/conflicts?candidateId={second}&scheduledAt={at}&durationMins=4")).Status);
        Assert.Equal(400, (await agent.Get("recruiting/interviews/conflicts?candidateId=x")).Status);
    }

    private async Task<(TestTenant Tenant, Guid First, Guid Second)> DeskAsync()
    {
        var tenant = await api.FoundAsync();
        return (tenant, (await tenant.Admin.AddCandidateAsync()).Id, (await tenant.Admin.AddCandidateAsync()).Id);
    }
}
