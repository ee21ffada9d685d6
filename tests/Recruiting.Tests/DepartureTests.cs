using Tessera.Testing;

namespace Tessera.Recruiting.Tests;

public sealed class DepartureTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task Who_still_has_interviews_cannot_leave_until_they_are_handed_over()
    {
        var tenant = await api.FoundAsync();
        var admin = tenant.Admin;
        var (leaver, successor) = (await tenant.AddAsync("agent"), await tenant.AddAsync("agent"));
        var candidate = (await admin.Post("recruiting/candidates", new { fullName = "Anna Becker", email = Api.NewEmail(), ownerId = leaver.UserId })).Must(201);
        var at = api.Clock.Now.AddDays(1);
        var interview = (await admin.Post("recruiting/interviews", new { candidateId = candidate.Id, interviewerUserId = leaver.UserId, scheduledAt = at })).Must(201);
        var user = await admin.Get($"users/{leaver.UserId}");

        var refused = (await admin.Patch($"users/{leaver.UserId}", new { active = false }, user.Version)).Must(409, "has_commitments");
        Assert.Equal(interview.Id, refused["commitments"][0].GetProperty("id").GetGuid());
        Assert.Contains("Anna Becker", (await admin.Get($"users/{leaver.UserId}/commitments")).Must(200).Items[0].GetProperty("title").GetString());

        (await admin.Post($"users/{leaver.UserId}/hand-over", new { toUserId = successor.UserId })).Must(204);

        var moved = (await admin.Get($"recruiting/interviews/{interview.Id}")).Must(200);
        Assert.Equal((successor.UserId, successor.FullName), (moved["interviewerUserId"].GetGuid(), moved["interviewerName"].GetString()));
        Assert.Equal(successor.UserId, (await admin.Get($"recruiting/candidates/{candidate.Id}"))["ownerId"].GetGuid());
        Assert.Equal("reassign_interview", (await admin.Get($"recruiting/interviews/{interview.Id}/history")).Items[0].GetProperty("action").GetString());
        (await admin.Post("recruiting/interviews", new { candidateId = (await admin.AddCandidateAsync()).Id, interviewerUserId = successor.UserId, scheduledAt = at })).Must(409, "booking_conflict");
        (await admin.Post("recruiting/interviews", new { candidateId = (await admin.AddCandidateAsync()).Id, interviewerUserId = leaver.UserId, scheduledAt = at })).Must(201);
    }

    [Fact]
    public async Task A_busy_successor_is_refused_with_the_conflicts_and_nothing_moves()
    {
        var tenant = await api.FoundAsync();
        var admin = tenant.Admin;
        var (leaver, successor) = (await tenant.AddAsync("agent"), await tenant.AddAsync("agent"));
        var at = api.Clock.Now.AddDays(2);
        var free = await BookAsync(leaver, at.AddHours(-5));
        await BookAsync(leaver, at);
        await BookAsync(successor, at.AddMinutes(30));

        var refused = (await admin.Post($"users/{leaver.UserId}/hand-over", new { toUserId = successor.UserId })).Must(409, "booking_conflict");

        Assert.Equal(successor.FullName, Assert.Single(refused["conflicts"].EnumerateArray()).GetProperty("label").GetString());
        Assert.Equal(leaver.UserId, (await admin.Get($"recruiting/interviews/{free.Id}"))["interviewerUserId"].GetGuid());
        Assert.Equal(2, (await admin.Get($"users/{leaver.UserId}/commitments")).Items.Count);

        async Task<Answer> BookAsync(Person who, DateTimeOffset start) =>
            (await admin.Post("recruiting/interviews", new { candidateId = (await admin.AddCandidateAsync()).Id, interviewerUserId = who.UserId, scheduledAt = start })).Must(201);
    }

    [Fact]
    public async Task Interviews_that_are_over_hold_nobody_back()
    {
        var tenant = await api.FoundAsync();
        var leaver = await tenant.AddAsync("agent");
        (await tenant.Admin.Post("recruiting/interviews", new
        {
            candidateId = (await tenant.Admin.AddCandidateAsync()).Id,
            interviewerUserId = leaver.UserId,
            scheduledAt = api.Clock.Now.AddDays(-1),
            status = "completed",
        })).Must(201);

        (await tenant.Admin.Patch($"users/{leaver.UserId}", new { active = false }, (await tenant.Admin.Get($"users/{leaver.UserId}")).Version)).Must(200);
    }
}
