using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tessera.Kernel.Booking;
using Tessera.Kernel.Database;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Booking;

/// <summary>Who is busy when: half-open stretches of time, and the database as the last judge.</summary>
public sealed class BookingsTests(Api api) : IClassFixture<Api>
{
    private static readonly DateTimeOffset Ten = new(2026, 3, 3, 10, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly BookedResource _room = new("room", Guid.CreateVersion7(), "Studio 1");

    [Theory]
    [InlineData(60, 30, false)]
    [InlineData(59, 31, true)]
    [InlineData(-60, 60, false)]
    [InlineData(-30, 120, true)]
    [InlineData(-60, 61, true)]
    [InlineData(10, 20, true)]
    [InlineData(0, 60, true)]
    [InlineData(-120, 30, false)]
    public async Task A_stretch_of_time_ends_before_the_next_begins(int startMinutes, int minutes, bool conflicts)
    {
        await using var db = await NewTenantAsync();
        await BookAsync(db, Guid.CreateVersion7(), Ten, Hour);

        var found = await Bookings.ConflictsAsync(db, Ten.AddMinutes(startMinutes), TimeSpan.FromMinutes(minutes), [_room], null, default);

        Assert.Equal(conflicts, found.Count == 1);
        if (conflicts)
        {
            Assert.Equal(new BookingConflict("room", "Studio 1", "A take", Ten, Ten + Hour), found[0]);
        }
    }

    [Fact]
    public async Task Nothing_conflicts_with_itself_with_another_resource_or_with_another_tenant()
    {
        await using var db = await NewTenantAsync();
        var subject = Guid.CreateVersion7();
        await BookAsync(db, subject, Ten, Hour);
        await using var elsewhere = await NewTenantAsync();

        Assert.Empty(await Bookings.ConflictsAsync(db, Ten, Hour, [_room], subject, default));
        Assert.Empty(await Bookings.ConflictsAsync(db, Ten, Hour, [_room with { Id = Guid.CreateVersion7() }], null, default));
        Assert.Empty(await Bookings.ConflictsAsync(db, Ten, Hour, [_room with { Kind = "person" }], null, default));
        Assert.Empty(await Bookings.ConflictsAsync(elsewhere, Ten, Hour, [_room], null, default));
        Assert.Empty(await BookAsync(elsewhere, Guid.CreateVersion7(), Ten, Hour));
    }

    [Fact]
    public async Task Replacing_gives_the_old_time_free()
    {
        await using var db = await NewTenantAsync();
        var subject = Guid.CreateVersion7();
        await BookAsync(db, subject, Ten, Hour);
        Assert.Empty(await BookAsync(db, subject, Ten.AddMinutes(30), Hour));

        Assert.Empty(await Bookings.ConflictsAsync(db, Ten, TimeSpan.FromMinutes(30), [_room], null, default));
        await Bookings.ReleaseAsync(db, "take", subject, default);
        Assert.Empty(await Bookings.ConflictsAsync(db, Ten, TimeSpan.FromHours(3), [_room], null, default));
    }

    [Fact]
    public async Task The_database_refuses_an_overlap_whoever_writes_it()
    {
        await using var db = await NewTenantAsync();
        await using var rival = api.Open(db.Scope);
        await BookAsync(db, Guid.CreateVersion7(), Ten, Hour);
        rival.Add(new BookedPeriod
        {
            TenantId = db.TenantId,
            ResourceKind = _room.Kind,
            ResourceId = _room.Id,
            ResourceName = _room.Name,
            Period = new(Ten.UtcDateTime.AddMinutes(59), true, Ten.UtcDateTime.AddMinutes(90), false),
            SubjectKind = "take",
            SubjectId = Guid.CreateVersion7(),
            SubjectTitle = "Another",
            Exclusive = true,
        });

        var refused = await Assert.ThrowsAsync<DbUpdateException>(() => rival.SaveChangesAsync());

        Assert.Equal(Bookings.OverlapConstraint, Assert.IsType<PostgresException>(refused.InnerException).ConstraintName);
    }

    [Fact]
    public async Task Of_many_at_once_exactly_one_gets_the_time_and_the_others_read_who_has_it()
    {
        await using var db = await NewTenantAsync();
        var scope = db.Scope;

        var conflicts = await Task.WhenAll(Enumerable.Range(0, 12).Select(async i =>
        {
            await using var own = api.Open(scope);
            return await BookAsync(own, Guid.CreateVersion7(), Ten.AddMinutes(i), Hour, $"Take {i}");
        }));

        var winner = Array.FindIndex(conflicts, met => met.Count == 0);
        Assert.All(conflicts.Where((_, i) => i != winner), met => Assert.Equal($"Take {winner}", Assert.Single(met).Title));
    }

    [Fact]
    public async Task Suggestions_are_free_working_times_on_the_quarter_hour()
    {
        await using var db = await NewTenantAsync();
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Zurich");
        var friday = new DateTimeOffset(2026, 3, 6, 16, 5, 0, TimeSpan.Zero);
        await BookAsync(db, Guid.CreateVersion7(), new DateTimeOffset(2026, 3, 9, 7, 0, 0, TimeSpan.Zero), Hour);

        var suggestions = await Bookings.SuggestAsync(db, friday, Hour, [_room], null, zone, 3, default);

        // Friday 17:05 in Zurich leaves no hour before 18:00; on Monday 08:00 the room is taken.
        Assert.Equal([Instant("2026-03-09T08:00Z"), Instant("2026-03-09T08:15Z"), Instant("2026-03-09T08:30Z")], suggestions);
        static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task<PlatformDb> NewTenantAsync() => api.Open(TenantScope.System((await api.FoundAsync()).Id));

    private async Task<IReadOnlyList<BookingConflict>> BookAsync(PlatformDb db, Guid subject, DateTimeOffset start, TimeSpan duration, string title = "A take")
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var conflicts = await Bookings.ReplaceAsync(db, "take", subject, title, start, duration, [_room], false, default);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return conflicts;
    }
}
