using Tessera.Testing;

namespace Tessera.Recruiting.Tests;

public sealed class SettingsTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task Settings_begin_with_the_defaults_and_keep_what_was_chosen()
    {
        var admin = (await api.FoundAsync("First name")).Admin;
        var before = (await admin.Get("settings")).Must(200);
        Assert.Equal(("First name", 0, false), (before["name"].GetString(), Recruiting(before, "interviewBufferMinutes").GetInt32(), Recruiting(before, "moveToInterviewedOnCompletion").GetBoolean()));

        var saved = (await admin.Put("settings", Body("Second name", 15), before.Version)).Must(200);

        var after = (await admin.Get("settings")).Must(200);
        Assert.Equal(before.Version + 1, after.Version);
        Assert.Equal(saved.Text, after.Text);
        Assert.Equal(("Second name", 15), (after["name"].GetString(), Recruiting(after, "interviewBufferMinutes").GetInt32()));
        Assert.Equal("Second name", (await admin.Get("auth/me"))["tenant"].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Only_what_changed_is_audited()
    {
        var tenant = await api.FoundAsync();
        var current = await tenant.Admin.Get("settings");
        (await tenant.Admin.Put("settings", Body(current["name"].GetString()!, 20), current.Version)).Must(200);
        (await tenant.Admin.Put("settings", Body(current["name"].GetString()!, 20), current.Version + 1)).Must(200);

        Assert.Equal("""{"recruiting.interviewBufferMinutes": 0} {"recruiting.interviewBufferMinutes": 20}""", await api.SqlAsync(
            "select string_agg(before::text || ' ' || after::text, '; ') from kernel.change where tenant_id = $1 and action = 'settings_change'", tenant.Id));
    }

    [Fact]
    public async Task A_viewer_reads_and_cannot_save()
    {
        var viewer = await (await api.FoundAsync()).AddAsync("viewer");

        var settings = (await viewer.Get("settings")).Must(200);

        (await viewer.Put("settings", Body("Mine", 0), settings.Version)).Must(403, "forbidden");
    }

    [Fact]
    public async Task Settings_that_make_no_sense_are_refused_by_their_path()
    {
        var admin = (await api.FoundAsync()).Admin;

        Assert.Equal(["modules.recruiting.interviewBufferMinutes"], (await admin.Put("settings", Body("Name", 61), 1)).Must(400, "validation_failed").Faults);
        Assert.Equal(["modules.recruiting.interviewBufferMinutes"], (await admin.Put("settings", Body("Name", "ten"), 1)).Must(400, "validation_failed").Faults);
        Assert.Equal(["modules.recruiting.colour"], (await admin.Put("settings", With("recruiting", new { colour = "red" }), 1)).Must(400, "validation_failed").Faults);
        Assert.Equal(["modules.school"], (await admin.Put("settings", With("school", new { }), 1)).Must(400, "validation_failed").Faults);
        Assert.Equal(["timeZone"], (await admin.Put("settings", new { name = "Name", timeZone = "Mars/Olympus" }, 1)).Must(400, "validation_failed").Faults);
        (await admin.Put("settings", new { name = "Name", timeZone = "UTC" })).Must(428, "version_required");
        Assert.Equal(1, (await admin.Get("settings")).Version);
    }

    [Fact]
    public async Task Of_two_people_saving_at_once_one_is_told()
    {
        var admin = (await api.FoundAsync()).Admin;

        var answers = await Task.WhenAll(Enumerable.Range(1, 2).Select(i => admin.Put("settings", Body($"Name {i}", i), 1)));

        Assert.Equal([200, 412], answers.Select(a => a.Status).Order());
        Assert.Equal(2, answers.Single(a => a.Status == 412)["current"].GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task The_buffer_keeps_interviews_apart_in_both_directions()
    {
        var admin = (await api.FoundAsync()).Admin;
        (await admin.Put("settings", Body("Name", 15), 1)).Must(200);
        var at = new DateTimeOffset(2026, 3, 10, 10, 0, 0, TimeSpan.Zero);
        (await ScheduleAsync(at)).Must(201);

        var late = (await ScheduleAsync(at.AddMinutes(70))).Must(409, "booking_conflict");
        Assert.Equal(at.AddMinutes(60), late["conflicts"][0].GetProperty("end").GetDateTimeOffset());
        (await ScheduleAsync(at.AddMinutes(-70))).Must(409, "booking_conflict");
        (await ScheduleAsync(at.AddMinutes(75))).Must(201);
        (await ScheduleAsync(at.AddMinutes(-75))).Must(201);

        async Task<Answer> ScheduleAsync(DateTimeOffset start) => await admin.ScheduleAsync((await admin.AddCandidateAsync()).Id, "Busy Expert", start);
    }

    [Theory]
    [InlineData(true, "interviewed")]
    [InlineData(false, "screening")]
    public async Task A_completed_first_interview_moves_the_candidate_where_that_is_wanted(bool wanted, string expected)
    {
        var admin = (await api.FoundAsync()).Admin;
        (await admin.Put("settings", With("recruiting", new { moveToInterviewedOnCompletion = wanted }), 1)).Must(200);
        var candidate = await admin.AddCandidateAsync();
        (await admin.Post($"recruiting/candidates/{candidate.Id}/move", new { status = "screening" })).Must(200);
        var interview = (await admin.ScheduleAsync(candidate.Id, "Some Expert", api.Clock.Now)).Must(201);
        (await admin.Post($"recruiting/interviews/{interview.Id}/move", new { status = "in_progress" })).Must(200);

        (await admin.Post($"recruiting/interviews/{interview.Id}/move", new { status = "completed" })).Must(200);

        Assert.Equal(expected, (await admin.Get($"recruiting/candidates/{candidate.Id}"))["status"].GetString());
        var newest = (await admin.Get($"recruiting/candidates/{candidate.Id}/history")).Items[0];
        Assert.Equal("move_candidate", newest.GetProperty("action").GetString());
        Assert.Equal(expected, newest.GetProperty("changes").EnumerateArray().Single(c => c.GetProperty("field").GetString() == "status").GetProperty("after").GetString());
    }

    private static object Body(string name, object buffer) => new { name, timeZone = "Europe/Zurich", modules = new { recruiting = new { interviewBufferMinutes = buffer } } };

    private static object With(string module, object settings) =>
        new { name = "Name", timeZone = "UTC", modules = new Dictionary<string, object> { [module] = settings } };

    private static System.Text.Json.JsonElement Recruiting(Answer settings, string name) => settings["modules"].GetProperty("recruiting").GetProperty(name);
}
