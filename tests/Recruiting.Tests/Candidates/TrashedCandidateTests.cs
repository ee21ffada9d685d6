using Tessera.Testing;

namespace Tessera.Recruiting.Tests.Candidates;

public sealed class TrashedCandidateTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task The_interviews_of_a_candidate_in_the_trash_take_nobodys_time_and_come_back_only_into_a_free_slot()
    {
        var admin = (await api.FoundAsync()).Admin;
        var (first, second) = (await admin.AddCandidateAsync(), await admin.AddCandidateAsync());
        var at = api.Clock.Now.AddDays(1);
        (await admin.ScheduleAsync(first.Id, "One Expert", at)).Must(201);
        (await admin.Delete($"recruiting/candidates/{first.Id}")).Must(204);
        var taker = (await admin.ScheduleAsync(second.Id, "One Expert", at)).Must(201);

        (await admin.Post($"recruiting/candidates/{first.Id}/restore")).Must(409, "booking_conflict");
        (await admin.Get($"recruiting/candidates/{first.Id}")).Must(404);

        (await admin.Post($"recruiting/interviews/{taker.Id}/move", new { status = "cancelled" })).Must(200);
        (await admin.Post($"recruiting/candidates/{first.Id}/restore")).Must(200);
        (await admin.ScheduleAsync(second.Id, "One Expert", at)).Must(409, "booking_conflict");
    }
}
