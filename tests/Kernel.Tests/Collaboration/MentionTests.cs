using Tessera.Testing;

namespace Tessera.Kernel.Tests.Collaboration;

/// <summary>Who can be addressed in a comment: those who may read what it is about.</summary>
public sealed class MentionTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task The_picker_offers_exactly_those_who_can_open_the_record()
    {
        var tenant = await api.FoundAsync();
        var record = $"recruiting/candidates/{(await tenant.Admin.AddCandidateAsync()).Id}";
        var people = new List<Person> { tenant.Admin };
        foreach (var role in new[] { "manager", "agent", "viewer" })
        {
            object?[] exceptions = [null, new { access = "deny" }, new { access = "grant" }, new { access = "grant", level = "read" }, new { access = "grant", level = "none" }, new { access = "deny", expiresAt = api.Clock.Now.AddMinutes(5) }];
            foreach (var exception in exceptions)
            {
                var person = await tenant.AddAsync(role);
                people.Add(person);
                if (exception is not null)
                {
                    (await tenant.Admin.Put($"users/{person.UserId}/pages/candidates", exception)).Must(200);
                }
            }
        }

        await ComparedAsync();
        api.Clock.Advance(TimeSpan.FromMinutes(6));
        await ComparedAsync();

        async Task ComparedAsync()
        {
            var offered = (await tenant.Admin.Get($"{record}/comments/people?limit=100")).Must(200).Items.Select(p => p.GetProperty("id").GetGuid()).ToHashSet();
            foreach (var person in people)
            {
                Assert.Equal((await person.Get(record)).Status == 200, offered.Contains(person.UserId));
            }
        }
    }

    [Fact]
    public async Task Who_sees_only_their_own_rows_is_offered_on_these()
    {
        var school = await api.FoundSchoolAsync();
        var (login, studentId, mine) = await school.AddStudentLoginAsync();
        var other = (await school.Admin.AddProjectAsync()).Id;
        var milestone = (await school.Admin.Post("production/milestones", new { projectId = mine, name = "Lock", date = "2026-04-30" })).Must(201).Id;
        await school.Admin.AddStudentAsync("Liv", "Berg");

        Assert.Contains(login.UserId, await OfferedAsync($"production/projects/{mine}"));
        Assert.Contains(login.UserId, await OfferedAsync($"production/milestones/{milestone}"));
        Assert.DoesNotContain(login.UserId, await OfferedAsync($"production/projects/{other}"));
        // The page of students is not theirs, though the row is.
        Assert.DoesNotContain(login.UserId, await OfferedAsync($"production/students/{studentId}"));
        (await school.Admin.Post($"production/projects/{mine}/comments", new { body = "Hi", mentions = new[] { login.UserId } })).Must(201);
        (await school.Admin.Post($"production/projects/{other}/comments", new { body = "Hi", mentions = new[] { login.UserId } })).Must(400);

        // A student who may comment finds the others of the project, and nobody elsewhere.
        (await school.Admin.Put($"users/{login.UserId}/pages/projects", new { access = "grant", level = "write" })).Must(200);
        Assert.Equal(new[] { school.Admin.UserId, login.UserId }.Order(), (await OfferedAsync($"production/projects/{mine}", login)).Order());
        (await login.Get($"production/projects/{other}/comments/people")).Must(404, "not_found");

        async Task<IReadOnlyList<Guid>> OfferedAsync(string record, Person? by = null) =>
            [.. (await (by ?? school.Admin).Get($"{record}/comments/people")).Must(200).Items.Select(p => p.GetProperty("id").GetGuid())];
    }

    [Fact]
    public async Task Whoever_cannot_open_the_record_cannot_be_mentioned_and_the_refusal_names_them()
    {
        var tenant = await api.FoundAsync();
        var comments = $"recruiting/candidates/{(await tenant.Admin.AddCandidateAsync()).Id}/comments";
        var (agent, manager) = (await tenant.AddAsync("agent"), await tenant.AddAsync("manager"));

        var refused = (await tenant.Admin.Post(comments, new { body = "Hi", mentions = new[] { manager.UserId, agent.UserId } })).Must(400);

        Assert.Equal([$"{agent.FullName} may not open this record, so is not told of it: take the @ away."], refused["errors"].GetProperty("mentions").EnumerateArray().Select(e => e.GetString()));
        Assert.Empty((await tenant.Admin.Get(comments)).Must(200).Items);
        Assert.Empty(await manager.ToldAsync());
    }

    [Fact]
    public async Task A_comment_keeps_whom_it_mentioned_when_they_have_lost_the_page_meanwhile()
    {
        var tenant = await api.FoundAsync();
        var comments = $"recruiting/candidates/{(await tenant.Admin.AddCandidateAsync()).Id}/comments";
        var (anna, bruno) = (await tenant.AddAsync("manager"), await tenant.AddAsync("manager"));
        var said = (await tenant.Admin.Post(comments, new { body = "Hi", mentions = new[] { anna.UserId } })).Must(201).Id;
        foreach (var person in new[] { anna, bruno })
        {
            (await tenant.Admin.Put($"users/{person.UserId}/pages/candidates", new { access = "deny" })).Must(200);
        }

        Assert.Equal(1, (await tenant.Admin.Put($"{comments}/{said}", new { body = "Hi all", mentions = new[] { anna.UserId } })).Must(200)["mentions"].GetArrayLength());
        Assert.Equal(["mentions"], (await tenant.Admin.Put($"{comments}/{said}", new { body = "Hi", mentions = new[] { anna.UserId, bruno.UserId } })).Must(400).Faults);
    }

    [Fact]
    public async Task The_picker_finds_by_name_in_two_statements_whoever_there_is()
    {
        var tenant = await api.FoundAsync();
        var record = $"recruiting/candidates/{(await tenant.Admin.AddCandidateAsync()).Id}";
        for (var i = 0; i < 4; i++)
        {
            await tenant.AddAsync("manager");
        }

        var agent = await tenant.AddAsync("agent");
        await tenant.Admin.Get($"{record}/comments/people");
        Answer? found = null;
        var sent = await api.Statements.DuringAsync(async () => found = await tenant.Admin.Get($"{record}/comments/people?search={Uri.EscapeDataString(tenant.Admin.FullName.ToUpperInvariant())}"));

        Assert.Equal(tenant.Admin.Email, Assert.Single(found!.Must(200).Items).GetProperty("detail").GetString());
        Assert.Equal(2, sent.Count);
        (await agent.Get($"{record}/comments/people")).Must(403, "forbidden");
        (await tenant.Admin.Get($"recruiting/candidates/{Guid.CreateVersion7()}/comments/people")).Must(404, "not_found");
    }
}
