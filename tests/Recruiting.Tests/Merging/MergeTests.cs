using System.Text.Json;
using Tessera.Testing;

namespace Tessera.Recruiting.Tests.Merging;

public sealed class MergeTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task A_merge_takes_chosen_values_fills_gaps_and_unites_skills_and_tags()
    {
        var admin = (await api.FoundAsync()).Admin;
        var target = await AddAsync(admin, new { fullName = "Anna Becker", email = "anna@mail.test", skills = new[] { "SQL", "C#" }, tags = Array.Empty<string>(), position = "Engineer", rating = 0 });
        var duplicate = await AddAsync(admin, new
        {
            fullName = "A. Becker",
            email = "anna+old@mail.test",
            skills = new[] { "sql", "React" },
            tags = new[] { "priority" },
            position = "Lead",
            phone = "+49 30 123456",
            rating = 3,
            doNotHire = true,
        });

        var merged = (await admin.Post($"recruiting/candidates/{target.Id}/merge", new { duplicateId = duplicate.Id, take = new { email = "duplicate", position = "target" } })).Must(200);

        var candidate = merged["candidate"];
        Assert.Equal("Anna Becker", candidate.GetProperty("fullName").GetString());
        Assert.Equal("anna+old@mail.test", candidate.GetProperty("email").GetString());
        Assert.Equal("Engineer", candidate.GetProperty("position").GetString());
        Assert.Equal("+4930123456", candidate.GetProperty("phone").GetString());
        Assert.Equal(3, candidate.GetProperty("rating").GetInt32());
        Assert.True(candidate.GetProperty("doNotHire").GetBoolean());
        Assert.Equal(["SQL", "C#", "React"], Texts(candidate, "skills"));
        Assert.Equal(["priority"], Texts(candidate, "tags"));
        (await admin.Get($"recruiting/candidates/{duplicate.Id}")).Must(404);
        var trashed = Assert.Single((await admin.Get("recruiting/candidates?trash=true")).Must(200).Items);
        Assert.Equal(target.Id, trashed.GetProperty("mergedIntoId").GetGuid());
    }

    [Fact]
    public async Task A_merge_moves_interviews_and_calls_with_their_bookings_and_is_told_in_both_histories()
    {
        var admin = (await api.FoundAsync()).Admin;
        var target = await admin.AddCandidateAsync();
        var duplicate = await admin.AddCandidateAsync();
        var at = api.Clock.Now.AddDays(2);
        var interview = (await admin.ScheduleAsync(duplicate.Id, "Outside Expert", at)).Must(201);
        var call = (await admin.Post("recruiting/calls", Call(duplicate.Id))).Must(201);

        (await admin.Post($"recruiting/candidates/{target.Id}/merge", new { duplicateId = duplicate.Id })).Must(200);

        Assert.Equal(target.Id, (await admin.Get($"recruiting/interviews/{interview.Id}"))["candidateId"].GetGuid());
        Assert.Equal(target.Id, (await admin.Get($"recruiting/calls/{call.Id}"))["candidateId"].GetGuid());
        var conflict = (await admin.ScheduleAsync(target.Id, "Somebody New", at.AddMinutes(30))).Must(409, "booking_conflict");
        Assert.Equal("candidate", conflict["conflicts"][0].GetProperty("resource").GetString());
        (await admin.ScheduleAsync(target.Id, "Somebody New", at.AddMinutes(60))).Must(201);
        foreach (var id in new[] { target.Id, duplicate.Id })
        {
            Assert.Equal("merge_candidate", (await admin.Get($"recruiting/candidates/{id}/history")).Must(200).Items[0].GetProperty("action").GetString());
        }
    }

    [Fact]
    public async Task Two_interviews_at_one_time_stop_the_merge_and_nothing_has_changed()
    {
        var admin = (await api.FoundAsync()).Admin;
        var target = await admin.AddCandidateAsync();
        var duplicate = await admin.AddCandidateAsync();
        var at = api.Clock.Now.AddDays(3);
        (await admin.ScheduleAsync(target.Id, "First Expert", at)).Must(201);
        var other = (await admin.ScheduleAsync(duplicate.Id, "Second Expert", at.AddMinutes(30))).Must(201);

        var refused = (await admin.Post($"recruiting/candidates/{target.Id}/merge", new { duplicateId = duplicate.Id })).Must(409, "booking_conflict");

        Assert.Single(refused["conflicts"].EnumerateArray());
        Assert.Equal(1, (await admin.Get($"recruiting/candidates/{duplicate.Id}")).Must(200).Version);
        Assert.Equal(duplicate.Id, (await admin.Get($"recruiting/interviews/{other.Id}"))["candidateId"].GetGuid());
        (await admin.ScheduleAsync(duplicate.Id, "Third Expert", at.AddMinutes(45))).Must(409, "booking_conflict");
        Assert.Empty((await admin.Get("recruiting/candidates/merges")).Must(200).Items);
    }

    [Fact]
    public async Task Undoing_gives_everything_back_to_where_it_was()
    {
        var admin = (await api.FoundAsync()).Admin;
        var target = await AddAsync(admin, new { fullName = "Anna Becker", email = "a1@mail.test", skills = new[] { "SQL" } });
        var duplicate = await AddAsync(admin, new { fullName = "Anna B.", email = "a2@mail.test", skills = new[] { "React" }, location = "Berlin" });
        var at = api.Clock.Now.AddDays(4);
        var interview = (await admin.ScheduleAsync(duplicate.Id, "Outside Expert", at)).Must(201);
        var merge = (await admin.Post($"recruiting/candidates/{target.Id}/merge", new { duplicateId = duplicate.Id, take = new { email = "duplicate" } })).Must(200);

        var undone = (await admin.Post($"recruiting/candidates/merges/{merge["mergeId"].GetGuid()}/undo")).Must(200);

        Assert.Empty(undone["kept"].EnumerateArray());
        Assert.Equal("a1@mail.test", undone["candidate"].GetProperty("email").GetString());
        Assert.Equal(JsonValueKind.Null, undone["candidate"].GetProperty("location").ValueKind);
        Assert.Equal(["SQL"], Texts(undone["candidate"], "skills"));
        Assert.Equal("a2@mail.test", undone["duplicate"].GetProperty("email").GetString());
        Assert.Equal(JsonValueKind.Null, undone["duplicate"].GetProperty("mergedIntoId").ValueKind);
        Assert.Equal(duplicate.Id, (await admin.Get($"recruiting/interviews/{interview.Id}"))["candidateId"].GetGuid());
        (await admin.ScheduleAsync(target.Id, "Free Person", at)).Must(201);
        (await admin.ScheduleAsync(duplicate.Id, "Another Person", at)).Must(409, "booking_conflict");
        (await admin.Post($"recruiting/candidates/merges/{merge["mergeId"].GetGuid()}/undo")).Must(409, "already_undone");
    }

    [Fact]
    public async Task Undoing_keeps_what_people_edited_since_and_says_so()
    {
        var admin = (await api.FoundAsync()).Admin;
        var target = await AddAsync(admin, new { fullName = "Anna Becker", email = "b1@mail.test" });
        var duplicate = await AddAsync(admin, new { fullName = "Anna B.", email = "b2@mail.test", location = "Berlin", source = "Agency" });
        var call = (await admin.Post("recruiting/calls", Call(duplicate.Id))).Must(201);
        var merge = (await admin.Post($"recruiting/candidates/{target.Id}/merge", new { duplicateId = duplicate.Id })).Must(200);
        (await admin.Patch($"recruiting/candidates/{target.Id}", new { location = "Hamburg", skills = new[] { "Welding" } }, merge["candidate"].GetProperty("version").GetInt32())).Must(200);
        var moved = await admin.Get($"recruiting/calls/{call.Id}");
        (await admin.Patch($"recruiting/calls/{call.Id}", new { notes = "Called again" }, moved.Version)).Must(200);

        var undone = (await admin.Post($"recruiting/candidates/merges/{merge["mergeId"].GetGuid()}/undo")).Must(200);

        var kept = undone["kept"].EnumerateArray().Select(k => (k.GetProperty("kind").GetString(), k.GetProperty("field").GetString())).ToArray();
        Assert.Equal([("field", "location"), ("call", null)], kept);
        Assert.Equal("Hamburg", undone["candidate"].GetProperty("location").GetString());
        Assert.Equal(JsonValueKind.Null, undone["candidate"].GetProperty("source").ValueKind);
        Assert.Equal(["Welding"], Texts(undone["candidate"], "skills"));
        Assert.Equal(target.Id, (await admin.Get($"recruiting/calls/{call.Id}"))["candidateId"].GetGuid());
    }

    [Fact]
    public async Task After_thirty_days_a_merge_stays()
    {
        var admin = (await api.FoundAsync()).Admin;
        var (target, duplicate) = (await admin.AddCandidateAsync(), await admin.AddCandidateAsync());
        var merge = (await admin.Post($"recruiting/candidates/{target.Id}/merge", new { duplicateId = duplicate.Id })).Must(200);
        var row = Assert.Single((await admin.Get("recruiting/candidates/merges")).Must(200).Items);
        Assert.Equal(merge["mergeId"].GetGuid(), row.GetProperty("id").GetGuid());
        Assert.Equal(admin.FullName, row.GetProperty("mergedByName").GetString());
        await api.SqlAsync("update recruiting.candidate_merge set created_at = created_at - interval '30 days 1 minute' where id = $1 returning 1", merge["mergeId"].GetGuid());

        (await admin.Post($"recruiting/candidates/merges/{merge["mergeId"].GetGuid()}/undo")).Must(409, "undo_expired");
    }

    [Fact]
    public async Task The_freed_address_that_somebody_took_since_stops_the_undoing()
    {
        var admin = (await api.FoundAsync()).Admin;
        var target = await admin.AddCandidateAsync();
        var duplicate = await admin.AddCandidateAsync(email: "taken@mail.test");
        var merge = (await admin.Post($"recruiting/candidates/{target.Id}/merge", new { duplicateId = duplicate.Id })).Must(200);
        await admin.AddCandidateAsync(email: "taken@mail.test");

        (await admin.Post($"recruiting/candidates/merges/{merge["mergeId"].GetGuid()}/undo")).Must(409, "duplicate_value");

        Assert.Equal(JsonValueKind.Null, (await admin.Get("recruiting/candidates/merges")).Items[0].GetProperty("undoneAt").ValueKind);
    }

    [Fact]
    public async Task Nonsense_is_refused_by_name()
    {
        var (here, there) = (await api.FoundAsync(), await api.FoundAsync());
        var admin = here.Admin;
        var (target, foreign) = (await admin.AddCandidateAsync(), await there.Admin.AddCandidateAsync());
        var path = $"recruiting/candidates/{target.Id}/merge";

        Assert.Equal(["duplicateId"], (await admin.Post(path, new { })).Must(400, "validation_failed").Faults);
        Assert.Equal(["duplicateId"], (await admin.Post(path, new { duplicateId = target.Id })).Must(400, "validation_failed").Faults);
        Assert.Equal(["take.status"], (await admin.Post(path, new { duplicateId = foreign.Id, take = new { status = "duplicate" } })).Must(400, "validation_failed").Faults);
        (await admin.Post(path, new { duplicateId = foreign.Id })).Must(404, "not_found");
        var other = await admin.AddCandidateAsync();
        (await admin.Post(path, new { duplicateId = other.Id }, version: 7)).Must(412, "version_conflict");
        (await admin.Get($"recruiting/candidates/{other.Id}")).Must(200);
        (await admin.Post($"recruiting/candidates/merges/{Guid.CreateVersion7()}/undo")).Must(404, "not_found");
    }

    [Fact]
    public async Task Of_two_merges_of_one_duplicate_at_the_same_moment_one_wins()
    {
        var admin = (await api.FoundAsync()).Admin;
        var duplicate = await admin.AddCandidateAsync();
        var targets = new[] { await admin.AddCandidateAsync(), await admin.AddCandidateAsync() };

        var answers = await Task.WhenAll(targets.Select(t => admin.Post($"recruiting/candidates/{t.Id}/merge", new { duplicateId = duplicate.Id })));

        Assert.Single(answers, a => a.Status == 200);
        Assert.Contains(answers.Single(a => a.Status != 200).Status, new[] { 404, 409, 412 });
        Assert.Single((await admin.Get("recruiting/candidates/merges")).Items);
    }

    private static async Task<Answer> AddAsync(Client person, object candidate) => (await person.Post("recruiting/candidates", candidate)).Must(201);

    private static object Call(Guid candidateId) =>
        new { callerName = "Anna", callerNumber = "+41 44 668 18 00", callType = "inbound", status = "answered", durationSecs = 60, candidateId };

    private static IEnumerable<string?> Texts(JsonElement row, string field) => row.GetProperty(field).EnumerateArray().Select(t => t.GetString());
}
