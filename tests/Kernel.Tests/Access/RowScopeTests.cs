using Tessera.Testing;

namespace Tessera.Kernel.Tests.Access;

/// <summary>A role that sees its own rows only sees no others, whichever way it asks. Students of a school are the example.</summary>
public sealed class RowScopeTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task Lists_counts_and_lookups_show_only_ones_own_rows()
    {
        var school = await api.FoundSchoolAsync();
        var (login, _, mine) = await school.AddStudentLoginAsync();
        await school.Admin.AddProjectAsync(new { title = "Somebody else's" });

        var list = (await login.Get("production/projects")).Must(200);
        var searched = (await login.Get("production/projects?search=e&title.contains=e&sort=-code")).Must(200);
        var lookup = (await login.Get("production/projects/lookup")).Must(200);

        Assert.Equal([mine], list.Items.Select(p => p.GetProperty("id").GetGuid()));
        Assert.Equal(1, list["total"].GetInt32());
        Assert.Equal([mine], searched.Items.Select(p => p.GetProperty("id").GetGuid()));
        Assert.Equal([mine], lookup.Items.Select(p => p.GetProperty("id").GetGuid()));
        Assert.Equal(2, (await school.Admin.Get("production/projects")).Must(200)["total"].GetInt32());
    }

    [Fact]
    public async Task A_row_that_is_not_ones_own_is_nowhere_to_be_found()
    {
        var school = await api.FoundSchoolAsync();
        var (login, _, mine) = await school.AddStudentLoginAsync();
        var other = (await school.Admin.AddProjectAsync()).Id;

        (await login.Get($"production/projects/{mine}")).Must(200);
        foreach (var path in (string[])["", "/history", "/comments", "/shares"])
        {
            (await login.Get($"production/projects/{mine}{path}")).Must(200);
            (await login.Get($"production/projects/{other}{path}")).Must(404, "not_found");
        }

        Assert.Empty((await login.Get($"production/projects/lookup?ids={other}")).Must(200).Items);
    }

    [Fact]
    public async Task A_query_that_was_compiled_for_somebody_who_sees_everything_still_asks_whose_rows_they_are()
    {
        var school = await api.FoundSchoolAsync();
        var (login, _, mine) = await school.AddStudentLoginAsync();
        var other = (await school.Admin.AddProjectAsync()).Id;
        for (var turn = 0; turn < 3; turn++)
        {
            (await school.Admin.Get($"production/projects/{other}")).Must(200);
            (await login.Get($"production/projects/{other}")).Must(404);
            (await login.Get($"production/projects/{mine}")).Must(200);
            Assert.Equal(2, (await school.Admin.Get("production/projects")).Items.Count);
            Assert.Single((await login.Get("production/projects")).Items);
        }
    }

    [Fact]
    public async Task Writing_outside_ones_own_rows_is_refused_as_if_they_did_not_exist()
    {
        var school = await api.FoundSchoolAsync();
        var (login, _, mine) = await school.AddStudentLoginAsync();
        (await school.Admin.Put($"users/{login.UserId}/pages/projects", new { access = "grant", level = "write" })).Must(200);
        var other = (await school.Admin.AddProjectAsync(new { title = "Untouched" })).Id;
        var gone = (await school.Admin.AddProjectAsync()).Id;
        (await school.Admin.Delete($"production/projects/{gone}")).Must(204);

        (await login.Patch($"production/projects/{other}", new { title = "Mine now" }, version: 1)).Must(404);
        (await login.Put($"production/projects/{other}", new { title = "Mine now" }, version: 1)).Must(404);
        (await login.Delete($"production/projects/{other}")).Must(404);
        (await login.Post($"production/projects/{other}/move", new { status = "planned" })).Must(404);
        (await login.Post($"production/projects/{gone}/restore")).Must(404);
        (await login.Post($"production/projects/{other}/comments", new { body = "Hello" })).Must(404);
        (await login.Post($"production/projects/{other}/shares", new { expiresAt = school.Clock.Now.AddDays(1) })).Must(404);
        var bulk = (await login.Post("production/projects/bulk", new { action = "update", ids = new[] { other, mine }, change = new { priority = "urgent" } })).Must(200);

        Assert.Equal([mine], bulk["succeeded"].EnumerateArray().Select(id => id.GetGuid()));
        Assert.Equal("not_found", Assert.Single(bulk["failed"].EnumerateArray()).GetProperty("code").GetString());
        var untouched = (await school.Admin.Get($"production/projects/{other}")).Must(200);
        Assert.Equal(("Untouched", 1), (untouched["title"].GetString(), untouched.Version));
    }

    [Fact]
    public async Task Nobody_creates_or_moves_a_row_to_where_they_could_not_see_it()
    {
        var school = await api.FoundSchoolAsync();
        var (login, studentId, mine) = await school.AddStudentLoginAsync();
        (await school.Admin.Put($"users/{login.UserId}/pages/projects", new { access = "grant", level = "write" })).Must(200);
        var other = (await school.Admin.AddProjectAsync()).Id;
        var crew = (await login.Get($"production/crew?projectId={mine}")).Must(200).Items[0];

        (await login.Post("production/projects", new { title = "A film of my own" })).Must(404, "not_found");
        (await login.Post("production/crew", new { projectId = other, studentId, crewRole = "editor" })).Must(404);
        (await login.Patch($"production/crew/{crew.GetProperty("id").GetGuid()}", new { projectId = other }, version: 1)).Must(404);

        Assert.Equal(2, (await school.Admin.Get("production/projects")).Must(200)["total"].GetInt32());
        Assert.Equal(0, (await school.Admin.Get($"production/crew?projectId={other}")).Must(200)["total"].GetInt32());
    }

    [Fact]
    public async Task A_person_who_is_granted_a_page_still_sees_only_their_own_rows_on_it()
    {
        var school = await api.FoundSchoolAsync();
        var (login, studentId, _) = await school.AddStudentLoginAsync();
        await school.Admin.AddStudentAsync("Somebody", "Else");
        (await login.Get("production/students")).Must(403);

        (await school.Admin.Put($"users/{login.UserId}/pages/students", new { access = "grant", level = "read" })).Must(200);

        Assert.Equal([studentId], (await login.Get("production/students")).Must(200).Items.Select(s => s.GetProperty("id").GetGuid()));
    }

    [Fact]
    public async Task Who_looks_through_somebodys_eyes_sees_what_they_see()
    {
        var school = await api.FoundSchoolAsync();
        var (login, _, mine) = await school.AddStudentLoginAsync();
        await school.Admin.AddProjectAsync();
        school.Admin.Headers["X-View-As"] = login.UserId.ToString();

        var seen = (await school.Admin.Get("production/projects")).Must(200);

        Assert.Equal([mine], seen.Items.Select(p => p.GetProperty("id").GetGuid()));
        school.Admin.Headers.Remove("X-View-As");
        Assert.Equal(2, (await school.Admin.Get("production/projects")).Must(200)["total"].GetInt32());
    }

    [Fact]
    public async Task A_link_ends_when_the_record_is_no_longer_its_makers_own()
    {
        var school = await api.FoundSchoolAsync();
        var (login, _, mine) = await school.AddStudentLoginAsync();
        (await school.Admin.Put($"users/{login.UserId}/pages/projects", new { access = "grant", level = "write" })).Must(200);
        var link = (await login.Post($"production/projects/{mine}/shares", new { expiresAt = school.Clock.Now.AddDays(1) })).Must(201)["link"].GetString()!;
        var token = link[(link.LastIndexOf('/') + 1)..];
        (await api.Anonymous.Get($"shared/{token}")).Must(200);

        var crew = (await school.Admin.Get($"production/crew?projectId={mine}")).Must(200).Items[0];
        (await school.Admin.Delete($"production/crew/{crew.GetProperty("id").GetGuid()}")).Must(204);

        (await api.Anonymous.Get($"shared/{token}")).Must(404);
        (await login.Get($"production/projects/{mine}")).Must(404);
    }

    [Fact]
    public async Task Whose_rows_they_are_is_asked_in_the_statement_itself()
    {
        var school = await api.FoundSchoolAsync();
        var (login, _, mine) = await school.AddStudentLoginAsync();
        (await login.Get($"production/crew?projectId={mine}")).Must(200);

        var theirs = await api.Statements.DuringAsync(async () => (await login.Get($"production/crew?projectId={mine}")).Must(200));
        var everybodys = await api.Statements.DuringAsync(async () => (await school.Admin.Get($"production/crew?projectId={mine}")).Must(200));

        Assert.Contains("project_member", Assert.Single(theirs), StringComparison.Ordinal);
        Assert.DoesNotContain("project_member", Assert.Single(everybodys), StringComparison.Ordinal);
    }
}
