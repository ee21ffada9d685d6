using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Kernel.Database;
using Tessera.Kernel.Jobs;
using Tessera.Kernel.Notifications;
using Tessera.Kernel.Tests.Realtime;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Notifications;

public sealed class NotificationTests(Api api) : IClassFixture<Api>
{
    private static readonly NotificationKind Kind = KernelNotifications.Mention;

    [Fact]
    public async Task Everybody_reads_their_own_and_nobody_elses()
    {
        var tenant = await api.FoundAsync();
        var (anna, bruno) = (await tenant.AddAsync("agent"), await tenant.AddAsync("manager"));
        await TellAsync(tenant, "For Anna", anna);
        var id = Assert.Single(await anna.ToldAsync()).GetProperty("id").GetGuid();

        Assert.Empty(await bruno.ToldAsync());
        Assert.Equal((1, 0), (await anna.UnreadAsync(), await bruno.UnreadAsync()));
        (await bruno.Patch($"notifications/{id}", new { read = true })).Must(404);
        (await tenant.Admin.Patch($"notifications/{id}", new { read = true })).Must(404);
        (await (await api.FoundAsync()).Admin.Patch($"notifications/{id}", new { read = true })).Must(404);
        Assert.Equal(1, await anna.UnreadAsync());
    }

    [Fact]
    public async Task An_administrator_who_looks_through_somebodys_eyes_reads_nothing_they_were_told()
    {
        var tenant = await api.FoundAsync();
        var anna = await tenant.AddAsync("agent");
        await TellAsync(tenant, "For Anna", anna);
        tenant.Admin.Headers["X-View-As"] = anna.UserId.ToString();

        Assert.Empty(await tenant.Admin.ToldAsync());
        Assert.Equal(0, await tenant.Admin.UnreadAsync());
    }

    [Fact]
    public async Task What_was_read_counts_no_more_until_it_is_marked_unread()
    {
        var tenant = await api.FoundAsync();
        var anna = await tenant.AddAsync("agent");
        await TellAsync(tenant, "One", anna);
        await TellAsync(tenant, "Two", anna);
        var newest = (await anna.ToldAsync())[0].GetProperty("id").GetGuid();

        Assert.Equal(1, (await anna.Patch($"notifications/{newest}", new { read = true })).Must(200)["unread"].GetInt32());
        Assert.Equal("One", Assert.Single((await anna.Get("notifications?unread=true")).Must(200).Items).GetProperty("title").GetString());
        Assert.Equal(2, (await anna.Patch($"notifications/{newest}", new { read = false })).Must(200)["unread"].GetInt32());
        (await anna.Patch($"notifications/{newest}", new { })).Must(400);
        (await anna.Patch($"notifications/{Guid.CreateVersion7()}", new { read = true })).Must(404);
    }

    [Fact]
    public async Task All_read_means_all_the_person_has_seen()
    {
        var tenant = await api.FoundAsync();
        var anna = await tenant.AddAsync("agent");
        await TellAsync(tenant, "Seen", anna);
        var seen = (await anna.ToldAsync())[0].GetProperty("createdAt").GetDateTimeOffset();
        await TellAsync(tenant, "Came meanwhile", anna);

        Assert.Equal(1, (await anna.Post("notifications/read-all", new { until = seen })).Must(200)["unread"].GetInt32());
        Assert.Equal(0, (await anna.Post("notifications/read-all", new { })).Must(200)["unread"].GetInt32());
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap_and_come_to_an_end()
    {
        var tenant = await api.FoundAsync();
        var anna = await tenant.AddAsync("agent");
        var titles = Enumerable.Range(1, 7).Select(n => $"Notice {n}").ToList();
        foreach (var title in titles)
        {
            await TellAsync(tenant, title, anna);
        }

        var read = new List<string>();
        for (string? before = ""; before is not null;)
        {
            var page = (await anna.Get($"notifications?limit=3{before}")).Must(200);
            read.AddRange(page.Items.Select(n => n.GetProperty("title").GetString()!));
            before = page["nextBefore"].ValueKind == JsonValueKind.Null ? null : $"&before={page["nextBefore"].GetGuid()}";
        }

        Assert.Equal(titles.AsEnumerable().Reverse(), read);
    }

    [Fact]
    public async Task The_same_thing_is_told_once_however_often_it_is_said()
    {
        var tenant = await api.FoundAsync();
        var (anna, bruno) = (await tenant.AddAsync("agent"), await tenant.AddAsync("agent"));
        await TellAsync(tenant, "Once", "the same key", anna, anna);
        await TellAsync(tenant, "Twice", "the same key", anna, bruno);

        Assert.Equal("Once", Assert.Single(await anna.ToldAsync()).GetProperty("title").GetString());
        Assert.Equal("Twice", Assert.Single(await bruno.ToldAsync()).GetProperty("title").GetString());
    }

    [Fact]
    public async Task Nobody_is_told_what_they_did_themselves()
    {
        var tenant = await api.FoundAsync();
        var anna = await tenant.AddAsync("agent");
        await using (var db = api.Open(new TenantScope(tenant.Id, anna.UserId, anna.FullName)))
        {
            db.Notify(Kind, [anna.UserId, tenant.Admin.UserId], new Notice("Anna did it", "did it"));
            await db.SaveChangesAsync();
        }

        Assert.Empty(await anna.ToldAsync());
        Assert.Equal(anna.FullName, Assert.Single(await tenant.Admin.ToldAsync()).GetProperty("actorName").GetString());
    }

    [Fact]
    public async Task Nobody_who_is_deactivated_is_told_anything()
    {
        var tenant = await api.FoundAsync();
        var anna = await tenant.AddAsync("agent");
        var user = await tenant.Admin.Get($"users/{anna.UserId}");
        user = (await tenant.Admin.Patch($"users/{anna.UserId}", new { active = false }, user.Version)).Must(200);
        await TellAsync(tenant, "While away", anna);

        (await tenant.Admin.Patch($"users/{anna.UserId}", new { active = true }, user.Version)).Must(200);
        (await anna.SignInAsync(anna.Email, anna.Password, tenant.Slug)).Must(200);
        Assert.Empty(await anna.ToldAsync());
    }

    [Fact]
    public async Task A_change_that_is_taken_back_tells_nobody()
    {
        var tenant = await api.FoundAsync();
        var anna = await tenant.AddAsync("agent");
        await using (var db = api.Open(TenantScope.System(tenant.Id)))
        await using (await db.Database.BeginTransactionAsync())
        {
            db.Notify(Kind, [anna.UserId], new Notice("Never", "never"));
            await db.SaveChangesAsync();
        }

        await using (var db = api.Open(TenantScope.System(tenant.Id)))
        {
            db.Notify(Kind, [anna.UserId], new Notice("Refused", "refused"));
            db.ChangeTracker.Clear();
            await db.SaveChangesAsync();
        }

        Assert.Empty(await anna.ToldAsync());
    }

    [Fact]
    public async Task A_kind_that_is_switched_off_reaches_the_person_no_more_and_others_still()
    {
        var tenant = await api.FoundAsync();
        var (anna, bruno) = (await tenant.AddAsync("agent"), await tenant.AddAsync("agent"));
        (await anna.Put("notifications/kinds/mention", new { enabled = false })).Must(200);
        await TellAsync(tenant, "Off", anna, bruno);

        Assert.Empty(await anna.ToldAsync());
        Assert.Single(await bruno.ToldAsync());
        (await anna.Put("notifications/kinds/mention", new { enabled = true })).Must(200);
        await TellAsync(tenant, "On", anna);
        Assert.Single(await anna.ToldAsync());
    }

    [Fact]
    public async Task People_choose_among_the_kinds_that_can_reach_them()
    {
        var tenant = await api.FoundAsync();
        var viewer = await tenant.AddAsync("viewer");
        (await tenant.Admin.Put("notifications/kinds/backup_failed", new { enabled = false })).Must(200);

        var offered = (await tenant.Admin.Get("notifications/kinds")).Must(200).Items;
        Assert.Equal([("backup_failed", false)], offered.Where(k => !k.GetProperty("isDefault").GetBoolean()).Select(k => (k.GetProperty("key").GetString()!, k.GetProperty("enabled").GetBoolean())));
        Assert.Contains(offered, k => k.GetProperty("module").GetString() == "Recruiting");
        Assert.Equal(["mention", "comment_reply", "job_ended"], (await viewer.Get("notifications/kinds")).Must(200).Items.Select(k => k.GetProperty("key").GetString()));
        (await viewer.Put("notifications/kinds/backup_failed", new { enabled = true })).Must(404);
        (await viewer.Put("notifications/kinds/no_such_kind", new { enabled = true })).Must(404);
        (await viewer.Put("notifications/kinds/mention", new { })).Must(400);
    }

    [Fact]
    public async Task Each_kind_has_a_key_of_its_own()
    {
        var tenant = await api.FoundWholeAsync();
        var keys = (await tenant.Admin.Get("notifications/kinds")).Must(200).Items.Select(k => k.GetProperty("key").GetString()).ToList();

        Assert.NotEmpty(keys);
        Assert.Equal(keys.Distinct(), keys);
    }

    [Fact]
    public async Task Who_lost_the_page_sees_no_title_and_counts_none_until_it_is_back()
    {
        var tenant = await api.FoundAsync();
        var agent = await tenant.AddAsync("agent");
        var call = (await Samples.AddAsync(tenant, "recruiting/calls")).Id;
        await TellAsync(tenant, new Notice("About a call", "a call") { Record = new RecordRef("call", call) }, agent);
        Assert.Equal(1, await agent.UnreadAsync());

        (await tenant.Admin.Put($"users/{agent.UserId}/pages/calls", new { access = "deny" })).Must(200);
        Assert.Empty(await agent.ToldAsync());
        Assert.Equal(0, await agent.UnreadAsync());

        (await tenant.Admin.Put($"users/{agent.UserId}/pages/calls", new { access = "inherit" })).Must(200);
        Assert.Equal(1, await agent.UnreadAsync());
    }

    [Fact]
    public async Task A_record_in_the_trash_is_not_told_of_until_it_is_back_and_neither_is_what_hangs_on_it()
    {
        var tenant = await api.FoundAsync();
        var agent = await tenant.AddAsync("manager");
        var interview = await Samples.AddAsync(tenant, "recruiting/interviews");
        var candidate = interview["candidateId"].GetGuid();
        await TellAsync(tenant, new Notice("About an interview", "an interview") { Record = new RecordRef("interview", interview.Id) }, agent);

        (await tenant.Admin.Delete($"recruiting/candidates/{candidate}", version: 1)).Must(204);
        Assert.Empty(await agent.ToldAsync());
        Assert.Equal(0, await agent.UnreadAsync());

        (await tenant.Admin.Post($"recruiting/candidates/{candidate}/restore")).Must(200);
        Assert.Single(await agent.ToldAsync());
    }

    [Fact]
    public async Task Who_sees_their_own_rows_only_is_told_of_no_others()
    {
        var school = await api.FoundSchoolAsync();
        var (login, _, mine) = await school.AddStudentLoginAsync();
        var other = (await school.Admin.AddProjectAsync()).Id;
        await TellAsync(school, new Notice("Another's", "other") { Record = new RecordRef("project", other) }, login);
        await TellAsync(school, new Notice("Mine", "mine") { Record = new RecordRef("project", mine) }, login);

        Assert.Equal("Mine", Assert.Single(await login.ToldAsync()).GetProperty("title").GetString());
        Assert.Equal(1, await login.UnreadAsync());
    }

    [Fact]
    public async Task Reading_takes_two_statements_and_counting_one()
    {
        var tenant = await api.FoundWholeAsync();
        await TellAsync(tenant, "One", tenant.Admin);
        await tenant.Admin.ToldAsync();

        Assert.Equal(2, (await api.Statements.DuringAsync(() => tenant.Admin.ToldAsync())).Count);
        Assert.Single(await api.Statements.DuringAsync(() => tenant.Admin.UnreadAsync()));
    }

    [Fact]
    public async Task The_persons_windows_hear_at_once_that_they_were_told_something_and_that_they_read_it()
    {
        var tenant = await api.FoundAsync();
        var (anna, bruno) = (await tenant.AddAsync("agent"), await tenant.AddAsync("agent"));
        await using var window = await Window.OpenAsync(api.Server, anna.Token);
        await using var stranger = await Window.OpenAsync(api.Server, bruno.Token);
        await window.ChangesUntilAsync((await Samples.AddAsync(tenant, "recruiting/calls")).Id);

        await TellAsync(tenant, "News", anna);
        await window.HearAsync("notified");
        (await anna.Post("notifications/read-all", new { })).Must(200);
        await window.HearAsync("notified");

        await stranger.ChangesUntilAsync((await Samples.AddAsync(tenant, "recruiting/calls")).Id);
        Assert.DoesNotContain("notified", stranger.Names);
    }

    [Fact]
    public async Task A_window_at_another_host_hears_of_it_as_well()
    {
        var tenant = await api.FoundAsync();
        var anna = await tenant.AddAsync("agent");
        await using var node = api.StartNode();
        await using var here = await Window.OpenAsync(api.Server, anna.Token);
        await using var there = await Window.OpenAsync(node.Server, anna.Token);
        foreach (var window in new[] { here, there })
        {
            await window.ChangesUntilAsync((await Samples.AddAsync(tenant, "recruiting/calls")).Id);
        }

        // What is said while the other host begins to listen may be lost; the next is not.
        var heard = there.HearAsync("notified");
        for (var n = 0; !heard.IsCompleted; n++)
        {
            await TellAsync(tenant, $"News {n}", anna);
            await Task.WhenAny(heard, Task.Delay(200));
        }

        await heard;
    }

    [Fact]
    public async Task What_was_told_goes_after_ninety_days()
    {
        var tenant = await api.FoundAsync();
        var anna = await tenant.AddAsync("agent");
        await TellAsync(tenant, "Old", anna);
        api.Clock.Advance(TimeSpan.FromDays(60));
        await TellAsync(tenant, "Younger", anna);
        api.Clock.Advance(TimeSpan.FromDays(31));

        await api.Services.GetRequiredService<Housekeeping>().RunAsync(tenant.Id, CancellationToken.None);

        await using var db = api.Open(TenantScope.System(tenant.Id));
        Assert.Equal("Younger", Assert.Single(await db.Set<Notification>().Select(n => n.Title).ToListAsync()));
    }

    private Task TellAsync(TestTenant tenant, string title, params Person[] people) => TellAsync(tenant, title, Guid.CreateVersion7().ToString(), people);

    private Task TellAsync(TestTenant tenant, string title, string key, params Person[] people) => TellAsync(tenant, new Notice(title, key), people);

    private async Task TellAsync(TestTenant tenant, Notice notice, params Person[] people)
    {
        await using var db = api.Open(TenantScope.System(tenant.Id));
        db.Notify(Kind, people.Select(p => p.UserId), notice);
        await db.SaveChangesAsync();
    }
}
