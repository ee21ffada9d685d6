using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Kernel.Backup;
using Tessera.Kernel.Database;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Notifications;

/// <summary>What the kernel itself tells people: of comments, jobs and backups.</summary>
public sealed class WhatIsToldTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task Who_is_mentioned_in_a_comment_is_told_by_whom_where_and_in_which_words()
    {
        var tenant = await api.FoundAsync();
        var manager = await tenant.AddAsync("manager");
        var candidate = (await tenant.Admin.AddCandidateAsync("Ines Moreau")).Id;

        await MentionAsync(tenant.Admin, candidate, "Would you call her?", manager.UserId, tenant.Admin.UserId);

        var told = Assert.Single(await manager.ToldAsync());
        Assert.Equal(($"{tenant.Admin.FullName} mentioned you on Ines Moreau", "Would you call her?"), (told.GetProperty("title").GetString(), told.GetProperty("body").GetString()));
        Assert.Equal(("candidates", candidate), (told.GetProperty("record").GetProperty("noun").GetString(), told.GetProperty("record").GetProperty("id").GetGuid()));
        Assert.Empty(await tenant.Admin.ToldAsync());
    }

    [Fact]
    public async Task Who_may_not_read_the_record_does_not_learn_of_it_by_a_mention()
    {
        var tenant = await api.FoundAsync();
        var manager = await tenant.AddAsync("manager");
        await MentionAsync(tenant.Admin, (await tenant.Admin.AddCandidateAsync()).Id, "You cannot see this.", manager.UserId);
        (await tenant.Admin.Put($"users/{manager.UserId}/pages/candidates", new { access = "deny" })).Must(200);

        Assert.Empty(await manager.ToldAsync());
        Assert.Equal(0, await manager.UnreadAsync());
    }

    [Fact]
    public async Task Who_spoke_in_a_thread_is_told_of_replies_and_a_mention_counts_for_more()
    {
        var tenant = await api.FoundAsync();
        var (anna, bruno) = (await tenant.AddAsync("manager"), await tenant.AddAsync("manager"));
        var record = $"recruiting/candidates/{(await tenant.Admin.AddCandidateAsync("Ines Moreau")).Id}";
        var first = (await anna.SayAsync(record, "Shall we?")).Id;
        await bruno.SayAsync(record, "Gladly.", first);
        (await tenant.Admin.Post($"{record}/comments", new { body = "Do.", replyToId = first, mentions = new[] { bruno.UserId } })).Must(201);
        await tenant.Admin.SayAsync(record, "Something else.");

        Assert.Equal([$"comment_reply: {bruno.FullName} replied to you on Ines Moreau", $"comment_reply: {tenant.Admin.FullName} replied to you on Ines Moreau"], await anna.TitlesAsync());
        Assert.Equal([$"mention: {tenant.Admin.FullName} mentioned you on Ines Moreau"], await bruno.TitlesAsync());
    }

    [Fact]
    public async Task An_edited_comment_tells_whom_it_mentions_now_and_shows_its_new_words()
    {
        var tenant = await api.FoundAsync();
        var (anna, bruno) = (await tenant.AddAsync("manager"), await tenant.AddAsync("manager"));
        var candidate = (await tenant.Admin.AddCandidateAsync()).Id;
        var comment = await MentionAsync(tenant.Admin, candidate, "The old words", anna.UserId);

        (await tenant.Admin.Put($"recruiting/candidates/{candidate}/comments/{comment}", new { body = "The new words", mentions = new[] { anna.UserId, bruno.UserId } })).Must(200);

        Assert.Equal("The new words", Assert.Single(await anna.ToldAsync()).GetProperty("body").GetString());
        Assert.Single(await bruno.ToldAsync());
    }

    [Fact]
    public async Task A_comment_that_is_taken_back_is_told_of_no_more()
    {
        var tenant = await api.FoundAsync();
        var anna = await tenant.AddAsync("manager");
        var candidate = (await tenant.Admin.AddCandidateAsync()).Id;
        var comment = await MentionAsync(tenant.Admin, candidate, "Said too early", anna.UserId);

        (await tenant.Admin.Delete($"recruiting/candidates/{candidate}/comments/{comment}")).Must(204);

        Assert.Empty(await anna.ToldAsync());
    }

    [Fact]
    public async Task The_same_comment_sent_twice_is_told_once()
    {
        var tenant = await api.FoundAsync();
        var anna = await tenant.AddAsync("manager");
        var candidate = (await tenant.Admin.AddCandidateAsync()).Id;
        tenant.Admin.Headers["Idempotency-Key"] = "one comment";
        var first = await MentionAsync(tenant.Admin, candidate, "Once", anna.UserId);

        Assert.Equal(first, await MentionAsync(tenant.Admin, candidate, "Once", anna.UserId));
        Assert.Single(await anna.ToldAsync());
    }

    [Fact]
    public async Task An_erased_person_is_gone_from_what_people_were_told()
    {
        var tenant = await api.FoundAsync();
        var anna = await tenant.AddAsync("manager");
        var candidate = await tenant.Admin.AddCandidateAsync("Ines Moreau");
        await MentionAsync(tenant.Admin, candidate.Id, "Ines is great", anna.UserId);

        (await tenant.Admin.Post($"recruiting/candidates/{candidate.Id}/erase", new { confirm = "Ines Moreau" })).Must(204);

        await using var db = api.Open(TenantScope.System(tenant.Id));
        Assert.Empty(await db.Set<Kernel.Notifications.Notification>().ToListAsync());
    }

    [Fact]
    public async Task Who_asked_for_work_in_the_background_is_told_when_it_is_done()
    {
        var tenant = await api.FoundAsync();
        var job = (await tenant.Admin.Post("backup", new { })).Must(202)["jobId"].GetGuid();
        await tenant.Admin.JobAsync(job);

        var told = Assert.Single(await Waiting.UntilAsync(tenant.Admin.ToldAsync, told => told.Count > 0));
        Assert.Equal(("job_ended", "Backup is done", job), (told.GetProperty("kind").GetString(), told.GetProperty("title").GetString(), told.GetProperty("jobId").GetGuid()));
    }

    [Fact]
    public async Task A_night_whose_backup_failed_is_told_to_the_administrators_once()
    {
        var tenant = await api.FoundAsync();
        var manager = await tenant.AddAsync("manager");
        await using (var services = api.Services.CreateAsyncScope())
        {
            var maker = services.ServiceProvider.GetRequiredService<BackupMaker>();
            await using var db = api.Open(TenantScope.System(tenant.Id, "Nightly backup"));
            foreach (var attempt in new[] { 1, 2 })
            {
                var backup = maker.Add(db, BackupKind.Scheduled, [], null, new DateOnly(2026, 3, 3), attempt: attempt);
                await db.SaveChangesAsync();
                await maker.FailAsync(db, backup.Id, "unexpected_error", CancellationToken.None);
            }
        }

        Assert.Equal(["backup_failed: The nightly backup failed"], await tenant.Admin.TitlesAsync());
        Assert.Empty(await manager.ToldAsync());
    }

    private static async Task<Guid> MentionAsync(Person who, Guid candidate, string body, params Guid[] mentions) =>
        (await who.Post($"recruiting/candidates/{candidate}/comments", new { body, mentions })).Must(201).Id;
}
