using System.Text.Json;
using Tessera.Testing;

namespace Tessera.Recruiting.Tests.Interviews;

/// <summary>What the people of an interview are told while it is still to come.</summary>
public sealed class InterviewNoticeTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task Interviewer_and_participants_are_told_of_a_new_interview_and_who_made_it_is_not()
    {
        var desk = await DeskAsync();
        await desk.ScheduleAsync(desk.Anna, desk.Bruno, desk.Tenant.Admin);

        Assert.Equal(["interview_assigned: You hold an interview with Ines Moreau"], await desk.Anna.TitlesAsync());
        Assert.Equal(["interview_assigned: You sit in on an interview with Ines Moreau"], await desk.Bruno.TitlesAsync());
        Assert.Empty(await desk.Tenant.Admin.ToldAsync());
        Assert.Equal(desk.At, (await desk.Anna.ToldAsync())[0].GetProperty("aboutAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_moved_interview_is_told_with_its_new_time()
    {
        var desk = await DeskAsync();
        var interview = await desk.ScheduleAsync(desk.Anna, desk.Bruno);
        var later = desk.At.AddDays(1);

        (await desk.Bruno.Post($"recruiting/interviews/{interview.Id}/reschedule", new { scheduledAt = later })).Must(200);

        Assert.Equal("interview_changed: The interview with Ines Moreau is moved", (await desk.Anna.TitlesAsync())[^1]);
        Assert.Equal(later, (await desk.Anna.ToldAsync())[0].GetProperty("aboutAt").GetDateTimeOffset());
        Assert.Single(await desk.Bruno.ToldAsync());
    }

    [Fact]
    public async Task A_cancelled_interview_is_told_with_the_reason_and_so_is_one_that_is_on_again()
    {
        var desk = await DeskAsync();
        var interview = await desk.ScheduleAsync(desk.Anna);

        (await desk.Tenant.Admin.Post($"recruiting/interviews/{interview.Id}/move", new { status = "cancelled", reason = "Another offer" })).Must(200);
        Assert.Equal("Another offer", (await desk.Anna.ToldAsync())[0].GetProperty("body").GetString());
        (await desk.Tenant.Admin.Post($"recruiting/interviews/{interview.Id}/move", new { status = "scheduled", reason = "They stay" })).Must(200);

        Assert.Equal(
            ["interview_assigned: You hold an interview with Ines Moreau", "interview_changed: The interview with Ines Moreau is cancelled", "interview_changed: The interview with Ines Moreau is on again"],
            await desk.Anna.TitlesAsync());
    }

    [Fact]
    public async Task A_deleted_interview_is_told_while_it_lies_in_the_trash_and_so_is_one_that_is_back()
    {
        var desk = await DeskAsync();
        var interview = await desk.ScheduleAsync(desk.Anna, desk.Bruno);

        (await desk.Bruno.Delete($"recruiting/interviews/{interview.Id}")).Must(204);
        // What was told before leads to what is gone: the farewell alone is shown, and leads nowhere.
        Assert.Equal(["interview_changed: The interview with Ines Moreau is deleted"], await desk.Anna.TitlesAsync());
        Assert.Equal(JsonValueKind.Null, (await desk.Anna.ToldAsync())[0].GetProperty("record").ValueKind);
        Assert.Equal(1, await desk.Anna.UnreadAsync());
        Assert.Empty(await desk.Bruno.ToldAsync());

        (await desk.Bruno.Post($"recruiting/interviews/{interview.Id}/restore")).Must(200);
        Assert.Equal(
            ["interview_assigned: You hold an interview with Ines Moreau", "interview_changed: The interview with Ines Moreau is deleted", "interview_changed: The interview with Ines Moreau is on again"],
            await desk.Anna.TitlesAsync());
    }

    [Fact]
    public async Task Interviews_that_go_to_the_trash_with_their_candidate_are_told_and_so_is_their_return()
    {
        var desk = await DeskAsync();
        await desk.ScheduleAsync(desk.Anna);

        foreach (var round in new[] { 1, 2 })
        {
            (await desk.Tenant.Admin.Delete($"recruiting/candidates/{desk.Candidate}")).Must(204);
            Assert.Equal("interview_changed: The interview with Ines Moreau is deleted", (await desk.Anna.TitlesAsync())[^1]);
            (await desk.Tenant.Admin.Post($"recruiting/candidates/{desk.Candidate}/restore")).Must(200);
            Assert.Equal("interview_changed: The interview with Ines Moreau is on again", (await desk.Anna.TitlesAsync())[^1]);
            Assert.Equal(1 + (2 * round), (await desk.Anna.ToldAsync()).Count);
        }
    }

    [Fact]
    public async Task A_merge_takes_the_interviews_along_and_tells_nobody_that_they_were_deleted()
    {
        var desk = await DeskAsync();
        await desk.ScheduleAsync(desk.Anna);
        var stays = (await desk.Tenant.Admin.AddCandidateAsync("Ines Moreau-Kaya")).Id;

        (await desk.Tenant.Admin.Post($"recruiting/candidates/{stays}/merge", new { duplicateId = desk.Candidate })).Must(200);

        Assert.DoesNotContain("interview_changed: The interview with Ines Moreau is deleted", await desk.Anna.TitlesAsync());
    }

    [Fact]
    public async Task An_interview_that_is_over_goes_to_the_trash_without_a_word()
    {
        var desk = await DeskAsync();
        var interview = (await desk.Tenant.Admin.Post("recruiting/interviews", new { candidateId = desk.Candidate, interviewerUserId = desk.Anna.UserId, scheduledAt = api.Clock.Now.AddDays(-1), status = "completed" })).Must(201);

        (await desk.Tenant.Admin.Delete($"recruiting/interviews/{interview.Id}")).Must(204);

        Assert.Empty(await desk.Anna.ToldAsync());
    }

    [Fact]
    public async Task An_erased_candidate_is_gone_from_what_was_told_of_deleted_interviews()
    {
        var desk = await DeskAsync();
        var interview = await desk.ScheduleAsync(desk.Anna);
        (await desk.Tenant.Admin.Delete($"recruiting/interviews/{interview.Id}")).Must(204);

        (await desk.Tenant.Admin.Post($"recruiting/candidates/{desk.Candidate}/erase", new { confirm = "Ines Moreau" })).Must(204);

        Assert.Empty(await desk.Anna.ToldAsync());
    }

    [Fact]
    public async Task Who_gives_an_interview_away_is_told_so_and_who_gets_it_too()
    {
        var desk = await DeskAsync();
        var interview = await desk.ScheduleAsync(desk.Anna);

        (await desk.Tenant.Admin.Patch($"recruiting/interviews/{interview.Id}", new { interviewerUserId = desk.Bruno.UserId }, interview.Version)).Must(200);

        Assert.Equal("interview_changed: The interview with Ines Moreau is no longer yours", (await desk.Anna.TitlesAsync())[^1]);
        Assert.Equal(["interview_assigned: You hold an interview with Ines Moreau"], await desk.Bruno.TitlesAsync());
    }

    [Fact]
    public async Task Whoever_work_is_handed_over_to_is_told_of_the_interviews()
    {
        var desk = await DeskAsync();
        await desk.ScheduleAsync(desk.Anna);

        (await desk.Tenant.Admin.Post($"users/{desk.Anna.UserId}/hand-over", new { toUserId = desk.Bruno.UserId })).Must(204);

        Assert.Equal(["interview_assigned: You hold an interview with Ines Moreau"], await desk.Bruno.TitlesAsync());
    }

    [Fact]
    public async Task A_change_that_moves_nothing_tells_nobody_and_neither_does_one_that_is_refused()
    {
        var desk = await DeskAsync();
        var interview = await desk.ScheduleAsync(desk.Anna);
        (await desk.Tenant.Admin.Patch($"recruiting/interviews/{interview.Id}", new { notes = "Bring the portfolio" }, interview.Version)).Must(200);
        var other = (await desk.Tenant.Admin.AddCandidateAsync()).Id;
        (await desk.Tenant.Admin.Post("recruiting/interviews", new { candidateId = other, interviewerUserId = desk.Anna.UserId, scheduledAt = desk.At })).Must(409, "booking_conflict");

        Assert.Single(await desk.Anna.ToldAsync());
    }

    [Fact]
    public async Task What_was_held_already_is_no_news()
    {
        var desk = await DeskAsync();
        (await desk.Tenant.Admin.Post("recruiting/interviews", new { candidateId = desk.Candidate, interviewerUserId = desk.Anna.UserId, scheduledAt = api.Clock.Now.AddDays(-1), status = "completed" })).Must(201);

        Assert.Empty(await desk.Anna.ToldAsync());
    }

    [Fact]
    public async Task An_import_of_interviews_calls_nobody_a_hundred_times()
    {
        var desk = await DeskAsync();
        var lines = Enumerable.Range(1, 3).Select(n => $"{desk.Candidate},{desk.Anna.UserId},{desk.At.AddDays(n):yyyy-MM-dd'T'HH:mm:ss'Z'}");
        var run = await desk.Tenant.Admin.CheckedAsync("recruiting/interviews", "candidateId,interviewerUserId,scheduledAt\n" + string.Join('\n', lines));
        await desk.Tenant.Admin.ApplyAsync(run);

        Assert.Equal(3, (await desk.Tenant.Admin.Get("recruiting/interviews")).Items.Count);
        Assert.Empty(await desk.Anna.ToldAsync());
    }

    private async Task<Desk> DeskAsync()
    {
        var tenant = await api.FoundAsync();
        return new Desk(tenant, await tenant.AddAsync("agent"), await tenant.AddAsync("agent"), (await tenant.Admin.AddCandidateAsync("Ines Moreau")).Id, new DateTimeOffset(api.Clock.Now.Date.AddDays(3).AddHours(10), TimeSpan.Zero));
    }

    private sealed record Desk(TestTenant Tenant, Person Anna, Person Bruno, Guid Candidate, DateTimeOffset At)
    {
        public async Task<Answer> ScheduleAsync(Person interviewer, params Person[] participants) => (await Tenant.Admin.Post("recruiting/interviews", new
        {
            candidateId = Candidate,
            interviewerUserId = interviewer.UserId,
            participantIds = participants.Select(p => p.UserId),
            scheduledAt = At,
        })).Must(201);
    }
}
